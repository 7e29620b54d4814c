"""A threat designed for a situation: beside the threats really made, and over draws."""

from threatpoint.analysis.design.design import ThreatDesign, design_threat

__all__ = ["ThreatDesign", "design_threat"]

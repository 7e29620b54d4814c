"""The app: a page with sliders, on this machine. A door beside the command line.

It computes nothing that a room computes and phrases no finding: it reads an address, calls the
rooms, and puts the charts and sentences of the handed-on page in place. `threatpoint app` starts
it; `server.application` gives it to another server.
"""

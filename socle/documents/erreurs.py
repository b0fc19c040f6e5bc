class RenduImpossible(Exception):
    """The document cannot be made; the message is shown with the failure."""

"""Numbers as PHP takes and gives them."""


def is_numeric(value: object) -> bool:
    """Tell whether PHP takes this for a number: texts of digits are, booleans are not."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        float(value)
    except ValueError:
        return False
    return True


def plain(value: float) -> int | float:
    """Write a whole number without a decimal point, as PHP's JSON does."""
    return int(value) if float(value).is_integer() else value

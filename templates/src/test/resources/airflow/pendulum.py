"""Stands in for pendulum: takes what it takes, and keeps it."""


def datetime(year, month, day, tz):
    return f"{year:04d}-{month:02d}-{day:02d} {tz}"


def duration(minutes):
    return f"{minutes} minutes"

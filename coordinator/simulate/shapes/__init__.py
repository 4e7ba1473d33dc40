"""Mails in the shapes of real clients, made from a letter of ours: replies, forwards, auto-replies, bounces."""

from coordinator.simulate.shapes.clients import CLIENTS, STYLES
from coordinator.simulate.shapes.machines import auto_reply, bounce
from coordinator.simulate.shapes.replies import forward, fresh, reply

__all__ = ["CLIENTS", "STYLES", "auto_reply", "bounce", "forward", "fresh", "reply"]

"""Emulators of ten calendar programs: each module answers a real invitation mail as that program would."""

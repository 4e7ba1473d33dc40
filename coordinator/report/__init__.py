"""What commands print: words and plain values about where things stand."""

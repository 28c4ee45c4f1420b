"""The pages in a browser on this machine, made again while their files are being written."""

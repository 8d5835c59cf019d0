#!/usr/bin/python3
"""As much of wget as a health check needs: `wget -qO- ADDRESS`."""

import sys
import urllib.request

print(urllib.request.urlopen(sys.argv[-1], timeout=5).read().decode())

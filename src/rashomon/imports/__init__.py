"""What comes into a case from elsewhere: other cases, spreadsheets, archives, notes, hosted event data.

In: files. Out: pages (and, where a file holds them, tellings) in a case. Never: a value that the file does not hold.
"""

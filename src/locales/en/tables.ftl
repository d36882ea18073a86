## Tables to take away
table-cut = Only the newest { $count } events are in this table. Narrow the search, or read all of them page by page from /api/audit.

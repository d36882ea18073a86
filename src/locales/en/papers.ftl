## Documents and their bytes
papers-new = Add a document
papers-new-lede = Choose the file, or take a picture of the signed sheet. Its fingerprint goes into the record, so that everybody can check that it was not changed.
papers-file = The file
papers-file-hint = A PDF, a picture or another file of at most 50 MiB
papers-file-needed = Choose the file
papers-claim = The signed sheet
papers-get = Download the file
papers-bring = Bring the file
papers-missing = The file is not here yet.
papers-missing-more = Its fingerprint is on record. Bring the file that fits it.
form-RegisterDocument-city = The city it comes from
papers-erased = Given to nobody.
papers-erased-more = The document names somebody who was erased. A coordinator puts a copy without that name in its place.
papers-redacted = Replaced by a copy.
papers-redacted-more = Its bytes were deleted, since they named somebody who was erased. What it proves stands.
papers-redacted-copy = Open the copy
papers-redacts = The copy takes the place of the document named above. The bytes of that one are deleted at once, for good; have the copy at hand.

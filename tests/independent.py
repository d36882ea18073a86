"""Checks what a log gives out, with Python's standard library and openssl alone: nothing of Koinon's is used.

It is written from RFC 9162 (sections 2.1.1 to 2.1.4) and the C2SP texts on signed notes, checkpoints and proofs. Run it in a
folder with the files key, checkpoint, log.ndjson, older, consistency and inclusion (one file a record), or with
`bundle FOLDER [KEY]` in an unpacked evidence bundle. The key may be an older one of the log: it is followed to those that
it handed the log over to. It prints one line; where something does not match it says what and ends with 1.
"""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

# The beginning of an Ed25519 public key as openssl reads it (RFC 8410).
SPKI = bytes.fromhex("302a300506032b6570032100")


def fail(what):
    print("REJECTED:", what)
    sys.exit(1)


def sha(data):
    return hashlib.sha256(data).digest()


def leaf(data):
    return sha(b"\0" + data)


def node(left, right):
    return sha(b"\1" + left + right)


def tree(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node(tree(leaves[:half]), tree(leaves[half:]))


def is_signed(public, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "key").write_bytes(SPKI + public)
        (folder / "message").write_bytes(message)
        (folder / "signature").write_bytes(signature)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin"]
        command += ["-in", "message", "-sigfile", "signature"]
        return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def parts(vkey):
    """A verifier key's name, id and public key."""
    name, key_id, key = vkey.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    if key[0] != 1 or sha(name.encode() + b"\n" + key)[:4].hex() != key_id:
        fail("the key's id is not its own")
    return name, key_id, key[1:]


def followed(vkey, records):
    """The key, and those that it and its followers handed the log over to in these records, in the order of the log."""
    vkeys = [vkey.strip()]
    for record in records:
        if b'"type":"koinon.SigningKeyRotated.v1"' not in record:
            continue
        record = json.loads(record)
        told = record["data"]
        if record["type"] != "koinon.SigningKeyRotated.v1" or told["from"] not in vkeys:
            continue
        name, key_id, public = parts(told["from"])
        signature = base64.b64decode(told.get("signature", ""), validate=True)
        said = "%s\nkoinon: this log is signed from now on by\n%s\n" % (name, told["to"])
        if signature[:4].hex() != key_id or not is_signed(public, said.encode(), signature[4:]):
            fail("record %d: the old key did not hand the log over to the new one" % record["position"])
        if parts(told["to"])[0] != name:
            fail("record %d hands the log over to the key of another log" % record["position"])
        vkeys.append(told["to"])
    return vkeys


def checkpoint(note, vkeys):
    """A signed checkpoint's origin, size and root."""
    text, signatures = note.split("\n\n", 1)
    text += "\n"
    good = 0
    for line in signatures.splitlines():
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature, validate=True)
        for name, key_id, public in map(parts, vkeys):
            if dash == "\u2014" and signer == name and signature[:4].hex() == key_id:
                if not is_signed(public, text.encode(), signature[4:]):
                    fail("the checkpoint's signature is not the key's")
                good += 1
    if good == 0:
        fail("the key did not sign the checkpoint")
    origin, size, root = text.splitlines()[:3]
    return origin, int(size), base64.b64decode(root, validate=True)


def included(index, size, digest, path, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn = index, size - 1
    for other in path:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            digest = node(other, digest)
            while fn % 2 == 0 and fn > 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            digest = node(digest, other)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and digest == root


def consistent(first, second, old, new, path):
    """RFC 9162, section 2.1.4.2."""
    if first == second:
        return not path and old == new
    if first == 0:
        return not path
    if first & (first - 1) == 0:
        path = [old] + path
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn % 2 == 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for other in path[1:]:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            fr, sr = node(other, fr), node(other, sr)
            while fn % 2 == 0 and fn > 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, other)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old and sr == new


def proof(text, vkeys):
    """A proof's first lines, its hashes, and the checkpoint it ends with."""
    head, note = text.split("\n\n", 1)
    lines = head.split("\n")
    return lines, note, checkpoint(note, vkeys)


def hashes(lines):
    return [base64.b64decode(line, validate=True) for line in lines]


def read(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def record_is_in(data, text, vkeys, where):
    lines, _, (origin, size, root) = proof(text, vkeys)
    if lines[0] != "c2sp.org/tlog-proof@v1":
        fail("%s is no proof" % where)
    index = int(lines[1].split(" ")[1])
    if json.loads(data)["position"] != index + 1:
        fail("%s is of another record" % where)
    if not included(index, size, leaf(data), hashes(lines[2:]), root):
        fail("%s: the record is not in the log" % where)
    return origin, size, root


def log():
    records = pathlib.Path("log.ndjson").read_bytes().split(b"\n")
    if records.pop() != b"":
        fail("the export's last record is cut off")
    vkeys = followed(read("key"), records)
    origin, size, root = checkpoint(read("checkpoint"), vkeys)
    if len(records) != size:
        fail("the checkpoint signs %d records and the export has %d" % (size, len(records)))
    if tree([leaf(record) for record in records]) != root:
        fail("the export's records are not those that were signed")
    for position, record in enumerate(records, 1):
        text = read("inclusion/%d" % position)
        if record_is_in(record, text, vkeys, "record %d" % position) != (origin, size, root):
            fail("the proof of record %d is under another checkpoint" % position)
    _, before, older = checkpoint(read("older"), vkeys)
    lines, _, (_, after, newer) = proof(read("consistency"), vkeys)
    if lines[0] != "old %d" % before:
        fail("the consistency proof is from another size")
    if not consistent(before, after, older, newer, hashes(lines[1:])):
        fail("the log did not only grow")
    print("accepted: %d records of %s, grown from %d" % (size, origin, before))


def bundle(folder, key=None):
    folder = pathlib.Path(folder)
    rotations = sorted((folder / "rotations").glob("*.json"))
    vkeys = followed(key or read(folder / "key"), [path.read_bytes() for path in rotations])
    signed = checkpoint(read(folder / "checkpoint"), vkeys)
    report = json.loads(read(folder / "report.json"))
    if (report["origin"], report["size"], base64.b64decode(report["root"])) != signed:
        fail("the report is of another log, size or root")
    manifest = json.loads(read(folder / "manifest.json"))
    for name, digest in manifest["outputs"].items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            fail("%s is not the file of the manifest" % name)
    figures = report["figures"]["figures"]
    entries = [entry for figure in figures for entry in figure["counted"] + figure["not_counted"]]
    positions = sorted({position for entry in entries for position in entry["positions"]})
    for position in positions:
        path = folder / ("records/%012d.json" % position)
        if not path.exists():
            fail("record %d is missing" % position)
        text = read(folder / ("proofs/%012d.tlog-proof" % position))
        data = path.read_bytes()
        if json.loads(data)["position"] != position or record_is_in(data, text, vkeys, "record %d" % position) != signed:
            fail("record %d is another, or under another checkpoint" % position)
    print("accepted: the report's %d records are in the log of %d of %s" % (len(positions), signed[1], signed[0]))


if __name__ == "__main__":
    try:
        bundle(*sys.argv[2:]) if sys.argv[1:2] == ["bundle"] else log()
    except (ValueError, KeyError, IndexError, OSError) as error:
        fail("a file is not of its form: %s" % error)

"""Checks an unpacked evidence bundle: run it in the bundle's folder. It reads files and writes nothing."""

import base64
import hashlib
import json
import pathlib
import sys


def sha(data):
    return hashlib.sha256(data).digest()


signed = pathlib.Path("checkpoint").read_text(encoding="utf-8")
text, signatures = signed.split("\n\n", 1)
origin, size, root = text.split("\n")
size, root = int(size), base64.b64decode(root)
report = json.loads(pathlib.Path("report.json").read_text(encoding="utf-8"))
assert (report["origin"], report["size"]) == (origin, size), "the report is of another log or size"
assert base64.b64decode(report["root"]) == root, "the report names another root"

positions = set()
for figure in report["figures"]["figures"]:
    for entry in figure["counted"] + figure["not_counted"]:
        positions.update(entry["positions"])

for position in sorted(positions):
    record = pathlib.Path("records/%012d.json" % position).read_bytes()
    assert json.loads(record)["position"] == position, "record %d is another" % position
    proof = pathlib.Path("proofs/%012d.tlog-proof" % position).read_text(encoding="utf-8")
    head, checkpoint = proof.split("\n\n", 1)
    assert checkpoint == signed, "the proof of record %d is for another checkpoint" % position
    lines = head.split("\n")
    # RFC 9162, section 2.1.3.2
    node, last = int(lines[1].split(" ")[1]), size - 1
    assert node == position - 1, "the proof of record %d is of another record" % position
    digest = sha(b"\0" + record)
    for line in lines[2:]:
        other = base64.b64decode(line)
        if node % 2 == 1 or node == last:
            digest = sha(b"\1" + other + digest)
            while node % 2 == 0 and node > 0:
                node, last = node // 2, last // 2
        else:
            digest = sha(b"\1" + digest + other)
        node, last = node // 2, last // 2
    assert last == 0 and digest == root, "record %d is not in the log" % position
print(len(positions), "records are in the log of", size, "records.")

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    print('The signature was NOT checked: the package "cryptography" is missing.')
else:

    def verify(key, signature, message):
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.split("+", 2)[2])[1:])
        assert signature[:4].hex() == key.split("+", 2)[1], "the signature is of another key"
        public.verify(signature[4:], message.encode("utf-8"))

    given = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path("key").read_text(encoding="utf-8").strip()
    keys = [given]
    # A key that is trusted hands the log over to the next, which its signature says.
    for path in sorted(pathlib.Path("rotations").glob("*.json")):
        told = json.loads(path.read_bytes())["data"]
        if told["from"] in keys:
            said = "%s\nkoinon: this log is signed from now on by\n%s\n" % (told["from"].split("+")[0], told["to"])
            verify(told["from"], base64.b64decode(told["signature"]), said)
            keys.append(told["to"])
    for line in signatures.strip().split("\n"):
        name, signature = line.split(" ")[1], base64.b64decode(line.split(" ")[2])
        for key in keys:
            if key.startswith("%s+%s+" % (name, signature[:4].hex())):
                verify(key, signature, text + "\n")
                print("The checkpoint is signed by", key)
                raise SystemExit
    raise SystemExit("the key did not sign the checkpoint")

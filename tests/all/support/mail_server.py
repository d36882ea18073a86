"""A mail server for the tests: aiosmtpd on loopback. Each mail it takes is printed as one line of JSON, read by Python's
own mail parser. It ends when its standard input does.

mail_server.py PORT [CERTIFICATE KEY USER PASSWORD]: with a certificate it insists on STARTTLS and on signing in.
"""

import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Taker:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        bodies = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
        taken = {
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "protected": session.ssl is not None,
            "headers": {name.lower(): str(value) for name, value in mail.items()},
            "text": bodies["plain"].get_content() if bodies["plain"] else "",
            "html": bodies["html"].get_content() if bodies["html"] else "",
        }
        print(json.dumps(taken), flush=True)
        return "250 Taken"


def arguments():
    if len(sys.argv) == 2:
        return {}
    certificate, key, user, password = sys.argv[2:6]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, data):
        sound = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=sound)

    return {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": authenticate,
    }


controller = Controller(Taker(), hostname="127.0.0.1", port=int(sys.argv[1]), **arguments())
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()

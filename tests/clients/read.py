"""Reads with programs of others what Koinon sends: `read.py atom|calendar|webhook` takes it on stdin and tells as JSON
what the program found in it. Anything a program complains of ends it with an error."""

import json
import sys


def atom(content):
    import feedparser

    feed = feedparser.parse(content)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10", feed.version
    return [
        {"id": e.id, "title": e.title, "updated": e.updated, "dated": e.updated_parsed is not None, "link": e.link}
        for e in feed.entries
    ]


def calendar(content):
    from icalendar import Calendar

    found = Calendar.from_ical(content)
    complaints = [str(error) for part in found.walk() for error in part.errors]
    assert not complaints, complaints
    # It is written again by the same rules, so nothing in it was passed over.
    assert Calendar.from_ical(found.to_ical()).to_ical() == found.to_ical()
    zones = {zone["TZID"]: zone.to_tz() for zone in found.walk("VTIMEZONE")}
    return [
        {
            "uid": str(e["UID"]),
            "sequence": int(e["SEQUENCE"]),
            "status": str(e["STATUS"]),
            "start": e.decoded("DTSTART").isoformat(),
            "zone": e["DTSTART"].params.get("TZID", ""),
            "zone_is_told": e["DTSTART"].params.get("TZID", "") in zones,
        }
        for e in found.walk("VEVENT")
    ]


def webhook(content):
    from cloudevents.core.bindings.http import HTTPMessage, from_http_event
    from standardwebhooks.webhooks import Webhook, WebhookVerificationError

    given = json.loads(content)
    verifier = Webhook(given["secret"])
    verifier.verify(given["body"], given["headers"])
    try:
        verifier.verify(given["body"].replace('"position":', '"position": '), given["headers"])
        raise SystemExit("a changed body was taken for genuine")
    except WebhookVerificationError:
        pass
    event = from_http_event(HTTPMessage(given["headers"], given["body"].encode()))
    return {
        "id": event.get_id(),
        "type": event.get_type(),
        "source": event.get_source(),
        "subject": event.get_subject(),
        "time": event.get_time().isoformat(),
        "position": event.get_extension("position"),
        "data": event.get_data(),
    }


readers = {"atom": atom, "calendar": calendar, "webhook": webhook}
print(json.dumps(readers[sys.argv[1]](sys.stdin.buffer.read())))

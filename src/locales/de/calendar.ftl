## Der Kalender
calendar-title = Koinon: Besuche und Treffen
calendar-session-of = Ein Programmpunkt von { $visit }
calendar-subscribe = Kalender
calendar-addresses = Ihre Kalenderadressen
calendar-addresses-lede = Eine Kalenderadresse zeigt Ihre Besuche und Treffen in einem Kalenderprogramm. Sie funktioniert ohne Anmeldung; geben Sie sie nicht weiter. Sie zeigt, was Sie im jeweiligen Moment sehen dürfen.
calendar-addresses-none = Sie haben keine Kalenderadresse.
calendar-address-made = Kopieren Sie diese Adresse jetzt. Sie wird nur dieses eine Mal angezeigt.
calendar-address-since = Erstellt am { $day }
calendar-address-make = Kalenderadresse erstellen
calendar-address-revoke = Widerrufen

## E-Mail
mail-digest-title = { $events ->
    [0] { $items ->
        [one] Eine Sache wartet auf Sie
       *[other] { $items } Sachen warten auf Sie
    }
    [one] { $items ->
        [0] Eine Sache ist geschehen
        [one] Eine Sache ist geschehen, eine wartet auf Sie
       *[other] Eine Sache ist geschehen, { $items } warten auf Sie
    }
   *[other] { $items ->
        [0] { $events } Sachen sind geschehen
        [one] { $events } Sachen sind geschehen, eine wartet auf Sie
       *[other] { $events } Sachen sind geschehen, { $items } warten auf Sie
    }
}
mail-happened = Was geschehen ist
mail-waits = Was auf Sie wartet
mail-more = { $count ->
    [one] Und eine weitere auf der Seite.
   *[other] Und { $count } weitere auf der Seite.
}
mail-digest-foot = Sie erhalten dies, weil Sie teilnehmen und dem folgen, was hier genannt ist. Wie oft es kommt, wählen Sie auf Ihrer Kontoseite.
mail-ending = Diese E-Mails beenden
mail-reminder-title = { $who } erinnert Sie an das, was wartet
mail-reminder-foot = Jemand, mit dem Sie arbeiten, hat um diese Erinnerung gebeten.
mail-invitation-title = Sie sind zu Koinon eingeladen
mail-invitation = { $name }, Sie sind eingeladen teilzunehmen. Der Link führt zu einer Seite, auf der Sie ein Passwort wählen. Er funktioniert einmal und ist nur für Sie.
mail-invitation-until = Er funktioniert bis { $day }. Danach bitten Sie die Person, die Sie eingeladen hat, um einen neuen.
mail-invitation-do = Einladung annehmen
mail-invitation-foot = Sie erhalten dies, weil jemand beim Einladen Ihre Adresse eingegeben hat. Wenn das ein Irrtum ist, tun Sie nichts.
unsubscribe = E-Mails beenden
unsubscribe-lede = Ein Klick, und Sie erhalten keine Zusammenfassungen und Erinnerungen mehr. Alles andere bleibt, wie es ist.
unsubscribe-do = E-Mails beenden
unsubscribed = Keine E-Mails mehr
unsubscribed-lede = Zusammenfassungen und Erinnerungen werden Ihnen nicht mehr gesendet. Auf Ihrer Kontoseite können Sie sie wieder wählen.
account-mail-never = Von hier wird keine E-Mail gesendet: Es ist kein Mailserver eingerichtet.
account-mail-how = Wie oft Sie per E-Mail benachrichtigt werden
status-mail = E-Mail
status-mail-none = Es ist kein Mailserver eingerichtet, deshalb wird keine E-Mail gesendet.
status-mail-waiting = { $count ->
    [0] Nichts wartet auf den Versand.
    [one] Eine E-Mail wartet auf den Versand.
   *[other] { $count } E-Mails warten auf den Versand.
}
status-mail-dead = { $count ->
    [one] Eine E-Mail wurde aufgegeben.
   *[other] { $count } E-Mails wurden aufgegeben.
}
status-mail-last = Letzter Fehler: { $error }
by-mail = Mit einem Link in einer E-Mail anmelden
by-mail-lede = Für Delegierte und Fachpersonen eines Besuchs: Wir senden Ihnen einen Link, der Sie für diesen Besuch anmeldet, einmal, innerhalb einer Viertelstunde.
by-mail-do = Link senden
by-mail-asked = Sehen Sie in Ihr Postfach
by-mail-asked-lede = Wenn die Adresse jemandem gehört, der jetzt zu einem Besuch kommt, ist ein Link unterwegs. Er funktioniert eine Viertelstunde lang.
by-mail-here = Für Ihren Besuch anmelden
by-mail-here-lede = Dies funktioniert einmal. Sie sehen Ihren Besuch und was dazu gehört, bis zwei Wochen nach seinem Ende.
by-mail-enter = Anmelden
by-mail-title = Ihr Link zum Anmelden
by-mail-text = Mit diesem Link melden Sie sich für den Besuch { $visit } an.
by-mail-once = Er funktioniert einmal, eine Viertelstunde lang. Er öffnet eine Seite mit einer Schaltfläche.
by-mail-open = Für den Besuch anmelden
by-mail-foot = Sie erhalten dies, weil jemand mit Ihrer Adresse um einen Link gebeten hat. Wenn Sie das nicht waren, tun Sie nichts: Niemand sonst kann ihn benutzen.

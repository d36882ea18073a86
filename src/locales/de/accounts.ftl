## Als Person anmelden
account-field-email = E-Mail-Adresse
account-field-password = Passwort
account-field-code = Code aus Ihrer App
account-field-current = Ihr bisheriges Passwort
account-field-new = Neues Passwort
account-field-again = Dasselbe Passwort noch einmal
account-code-hint = Sechs Ziffern aus Ihrer Authentifizierungs-App oder ein Wiederherstellungscode. Lassen Sie das Feld leer, wenn Sie keinen zweiten Faktor eingerichtet haben.
account-wrong = Adresse, Passwort oder Code stimmt nicht. Prüfen Sie die Angaben und versuchen Sie es erneut.
account-with-token = Mit einem Token anmelden
account-back = Zurück zu Ihrem Konto
account-security = Passwort und Anmeldungen

## Der Link
invitation = Willkommen, { $name }
invitation-lede = Wählen Sie ein Passwort, um sich anzumelden. Diese Seite funktioniert nur einmal.
invitation-do = Passwort festlegen und anmelden
link = Anmeldelink für { $name }
link-title = Anmeldelink
link-lede = Die Person meldet sich damit einmal innerhalb von 14 Tagen an und wählt ein Passwort. Ein früherer Link funktioniert dann nicht mehr, und mit diesem wird das Passwort neu festgelegt.
link-do = Link erstellen
link-made = Geben Sie diesen Link der Person und niemandem sonst. Er wird nur jetzt angezeigt.

## Passwort
password = Passwort
password-lede = Wenn Sie es ändern, bleiben Sie hier angemeldet und werden überall sonst abgemeldet.
password-hint = Mindestens 12 Zeichen. Gut sind mehrere Wörter, die nicht zusammengehören.
password-do = Passwort festlegen
password-short = Das ist zu kurz. Verwenden Sie mindestens 12 Zeichen.
password-long = Das ist zu lang. Verwenden Sie höchstens 256 Zeichen.
password-common = Das ist leicht zu erraten. Wählen Sie etwas, das nicht auf jeder Liste steht und nicht Ihr Name ist.
password-differ = Die beiden Eingaben stimmen nicht überein. Geben Sie das neue Passwort noch einmal ein.
password-current-wrong = Das ist nicht Ihr Passwort. Prüfen Sie es und versuchen Sie es erneut.

## Zweiter Faktor
factor = Zweiter Faktor
factor-lede = Zusätzlich zum Passwort zeigt eine App auf Ihrem Telefon einen Code. Koordination und Administration brauchen ihn.
factor-replaces = Sie haben bereits einen zweiten Faktor. Wenn Sie fortfahren, tritt dieser an seine Stelle.
factor-secret = Fügen Sie diesen Schlüssel einer Authentifizierungs-App hinzu:
factor-open = In einer App auf diesem Gerät öffnen
factor-hint = Die sechs Ziffern, die die App jetzt zeigt.
factor-wrong = Dieser Code stimmt nicht. Prüfen Sie die Uhr Ihres Telefons und geben Sie den jetzt gezeigten Code ein.
factor-do = Einrichten
factor-done = Ihr zweiter Faktor ist eingerichtet
factor-recovery = Bewahren Sie diese Wiederherstellungscodes sicher auf. Mit jedem können Sie sich einmal anmelden, wenn Sie Ihr Telefon verlieren. Sie werden nur jetzt angezeigt.

## Sitzungen
sessions = Wo Sie angemeldet sind
sessions-none = Sie sind nirgends mit Ihrem Passwort angemeldet.
sessions-this = Dieser Browser
sessions-since = seit { $time }
sessions-seen = zuletzt genutzt { $time }
sessions-end = Abmelden
sessions-end-others = Überall sonst abmelden

## Anmelden bei einem Identitätsanbieter
openid-button = Mit { $label } anmelden
openid-not-signed-in = Sie sind nicht angemeldet
openid-other-ways = Zur Anmeldeseite
openid-old = Die Rückkehr von { $label } gehört zu keiner Anmeldung, die in diesem Browser innerhalb der letzten zehn Minuten begonnen wurde. Beginnen Sie noch einmal.
openid-broken-off = Die Anmeldung bei { $label } wurde abgebrochen. Beginnen Sie noch einmal oder melden Sie sich auf andere Weise an.
openid-refused = { $label } hat die Anmeldung nicht bestätigt. Beginnen Sie noch einmal; geschieht es wieder, melden Sie sich auf andere Weise an.
openid-unbelievable = Was { $label } geantwortet hat, passt nicht zu der begonnenen Anmeldung und wurde deshalb nicht geglaubt. Beginnen Sie noch einmal.
openid-unreachable = { $label } ist im Moment nicht erreichbar. Versuchen Sie es später noch einmal oder melden Sie sich auf andere Weise an.
openid-unverified = { $label } hat Ihre E-Mail-Adresse nicht bestätigt, deshalb lässt sich an ihr nicht erkennen, wer Sie sind. Lassen Sie sie dort bestätigen und melden Sie sich dann noch einmal an.
openid-unknown = Niemand mit Ihrer E-Mail-Adresse bei { $label } nimmt hier teil. Bitten Sie die Koordination, die mit Ihnen arbeitet, um eine Einladung.
openid-several = Mehrere Personen hier haben Ihre E-Mail-Adresse. Bitten Sie die Koordination, das in Ordnung zu bringen.
openid-another = Ihre E-Mail-Adresse gehört hier zu einer Person, die sich mit einer anderen Identität bei { $label } anmeldet. Wenden Sie sich an die Administration.
openid-code-lede = Sie haben hier einen zweiten Faktor eingerichtet. Zeigen Sie ihn, um fortzufahren.
openid-code-hint = Sechs Ziffern aus Ihrer Authentifizierungs-App oder ein Wiederherstellungscode.
openid-code-wrong = Dieser Code stimmt nicht. Geben Sie den Code ein, den die App jetzt zeigt.

account-language = Sprache von Seiten und Mails
account-language-lede = In dieser Sprache werden Seiten und Mails für Sie geschrieben, in jedem Browser, in dem Sie sich anmelden.
account-language-do = Diese Sprache verwenden

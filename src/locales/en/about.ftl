## Activity
foot-activity = Activity
activity-lede = What was recorded, newest first. Every line is an event; nothing is ever taken away.

## System status
foot-status = System status
status-well = The log takes commands and every page shows its head.
status-ill = Something needs the people who run this service.
status-log = The log
status-events = { $count } events
status-writable = Takes commands
status-origin = Origin
status-checkpoint = Signed checkpoint
status-models = Read models
status-model = Read model
status-upto = Up to event
status-behind = Behind by
status-stopped = State
status-runs = follows the log
status-none-parked = No subject is held back.

## Accessibility statement
foot-accessibility = Accessibility statement
accessibility-lede = Everybody who takes part must be able to use this service. We aim at WCAG 2.2, level AA (EN 301 549).
accessibility-how-title = How it is made
accessibility-how = Every page is made to work without scripts, with the keyboard alone, in light and dark, and on a screen as narrow as a phone’s.
    Charts and maps have the same information in words or in a table beside them. Colour never says anything alone. News never moves what you are reading.
accessibility-known-title = What we know is not good yet
accessibility-known = Calendars in date fields follow your browser’s language, not the page’s.
    Uploaded documents are as accessible as those who made them left them.
    Texts that people write keep their own language and are not translated.
accessibility-checked-title = How it was checked
accessibility-checked = By tests in Chromium that run with every change. Every page, in light and dark, at 1440 and 390 pixels, is looked at by axe-core 4.14, which finds nothing against WCAG 2.0 to 2.2, levels A and AA, and nothing against good practice. Every form is looked at wide and light, and narrow and dark.
    No page scrolls sideways in a window of 1280 pixels at a zoom of 200 % and 400 %. Every table has a caption, every picture has words beside it or in it, and no live region holds more than a line.
    One form is filled in and sent with the keyboard alone.
    Not checked yet: every stop of the keyboard on every page, other browsers, high-contrast modes, and use by people who rely on a screen reader.
accessibility-tell-title = Tell us
accessibility-tell = If something keeps you from taking part, tell a coordinator of your programme. You get an answer within two weeks.

## Data protection
foot-privacy = Data protection
privacy-lede = What this service holds of people, and what you may ask of it (GDPR, EUDPR 2018/1725).
privacy-what-title = What is held
privacy-what = Your name, e-mail address and phone, where you work, your languages, the role you act in, and what you recorded or took part in.
    No tracking: one cookie keeps you signed in, another keeps the language you chose, and nothing is loaded from other sites.
privacy-where-title = Where it is held
privacy-where = Names, addresses and phones are encrypted in a vault under a key of your own. The log itself holds only a sealed stand-in that tells nothing.
    Where mail is set up, your address is read from the vault at the moment a mail is sent, and kept nowhere else. Every digest has a link that ends them.
privacy-who-title = Who may see it
privacy-who = Coordinators of your programme, administrators, and those who work with you: your city’s delegation and the people of your visits. DG REGIO and auditors see roles and counts, not names.
privacy-long-title = How long
privacy-long = As long as the programme’s records must be kept (five years after the balance is paid, Regulation 2024/2509, article 133), unless you ask earlier and nothing forbids it.
privacy-rights-title = What you may ask for
privacy-rights = Your own page gives you everything that is held on you, and a form to ask for erasure. An erasure destroys your key: your name is then nowhere any more, while figures and proofs stay as they were.
    You may also have things put right, and complain to your data protection authority or to the European Data Protection Supervisor.

document-registered = registrierte das Dokument „{ $title }“ ({ $kind }, { $classification })
evidence-linked = { $position ->
    [none] benannte das Dokument als Nachweis zu { $subject }: { $claim }
   *[other] { $subject ->
        [none] benannte das Dokument als Nachweis für Ereignis { $position }: { $claim }
       *[other] benannte das Dokument als Nachweis für Ereignis { $position } zu { $subject }: { $claim }
    }
}
persons-tagged = vermerkte, dass das Dokument { $persons } nennt
evidence-opened = gab das Dokument bis { $until } frei. Zweck: { $purpose }
document-withdrawn = zog das Dokument zurück. Grund: { $reason }
document-redacted = setzte eine Kopie ohne die Namen gelöschter Personen an seine Stelle: { $copy }. Die Bytes wurden gelöscht, der Hash bleibt

city-registered = registered { $name } ({ $country }), strand { $strand }, for { $programme }
city-selected = selected the city
city-put-on-reserve = { $reason ->
    [none] put the city on reserve
   *[other] put the city on reserve. Reason: { $reason }
}
city-rejected = rejected the city. Reason: { $reason }
city-activated = made the city active in the partnership of { $partnership }
city-updated = changed the city’s record{ $name ->
    [none] {""}
   *[other] ; name from “{ $was_name }” to “{ $name }”
}{ $native_name ->
    [none] {""}
   *[other] ; own name from “{ $was_native_name }” to “{ $native_name }”
}{ $strand ->
    [none] {""}
   *[other] ; strand from “{ $was_strand }” to “{ $strand }”
}{ $latitude ->
    [none] {""}
   *[other] ; latitude from { $was_latitude } to { $latitude }
}{ $longitude ->
    [none] {""}
   *[other] ; longitude from { $was_longitude } to { $longitude }
}{ $population ->
    [none] {""}
   *[other] ; population from { $was_population } to { $population }
}{ $timezone ->
    [none] {""}
   *[other] ; time zone from { $was_timezone } to { $timezone }
}{ $languages ->
    [none] {""}
   *[other] ; languages from { $was_languages } to { $languages }
}
body-added = { $type ->
    [none] added the body { $name }
   *[other] added the body { $name } ({ $type })
}
coordinator-appointed = { $was_person ->
    [none] appointed { $person } as the city’s coordinator
   *[other] appointed { $person } as the city’s coordinator in place of { $was_person }
}
need-stated = { $text ->
    [none] stated a need on { $theme }
   *[other] { $was_text ->
        [none] stated a need on { $theme }: { $text }
       *[other] changed the need on { $theme } from “{ $was_text }” to “{ $text }”
    }
}
offer-stated = { $text ->
    [none] stated an offer on { $theme }
   *[other] { $was_text ->
        [none] stated an offer on { $theme }: { $text }
       *[other] changed the offer on { $theme } from “{ $was_text }” to “{ $text }”
    }
}
city-withdrawn = withdrew the city. Reason: { $reason }
open-matters-listed = listed what was still open when the city left: { $matters }
open-matters-none = noted that nothing was open when the city left

city-registered = 도시를 등록했습니다: { $name } ({ $country }), 분야 { $strand }, { $programme }
city-selected = 도시를 선정했습니다
city-put-on-reserve = { $reason ->
    [none] 도시를 예비 명단에 올렸습니다
   *[other] 도시를 예비 명단에 올렸습니다. 사유: { $reason }
}
city-rejected = 도시를 선정하지 않았습니다. 사유: { $reason }
city-activated = 도시가 파트너십 ‘{ $partnership }’에서 활동을 시작하게 했습니다
city-updated = 도시 정보를 변경했습니다{ $name ->
    [none] {""}
   *[other] ; 이름: ‘{ $was_name }’ → ‘{ $name }’
}{ $native_name ->
    [none] {""}
   *[other] ; 현지 이름: ‘{ $was_native_name }’ → ‘{ $native_name }’
}{ $strand ->
    [none] {""}
   *[other] ; 분야: ‘{ $was_strand }’ → ‘{ $strand }’
}{ $latitude ->
    [none] {""}
   *[other] ; 위도: { $was_latitude } → { $latitude }
}{ $longitude ->
    [none] {""}
   *[other] ; 경도: { $was_longitude } → { $longitude }
}{ $population ->
    [none] {""}
   *[other] ; 인구: { $was_population } → { $population }
}{ $timezone ->
    [none] {""}
   *[other] ; 시간대: { $was_timezone } → { $timezone }
}{ $languages ->
    [none] {""}
   *[other] ; 언어: { $was_languages } → { $languages }
}
body-added = { $type ->
    [none] 기관을 추가했습니다: { $name }
   *[other] 기관을 추가했습니다: { $name } ({ $type })
}
coordinator-appointed = { $was_person ->
    [none] 도시 코디네이터를 임명했습니다: { $person }
   *[other] 도시 코디네이터를 바꿔 임명했습니다: { $was_person } → { $person }
}
need-stated = { $text ->
    [none] 수요를 밝혔습니다: { $theme }
   *[other] { $was_text ->
        [none] 수요를 밝혔습니다({ $theme }): { $text }
       *[other] 수요를 변경했습니다({ $theme }): ‘{ $was_text }’ → ‘{ $text }’
    }
}
offer-stated = { $text ->
    [none] 제공할 내용을 밝혔습니다: { $theme }
   *[other] { $was_text ->
        [none] 제공할 내용을 밝혔습니다({ $theme }): { $text }
       *[other] 제공할 내용을 변경했습니다({ $theme }): ‘{ $was_text }’ → ‘{ $text }’
    }
}
city-withdrawn = 도시의 참여를 철회했습니다. 사유: { $reason }
open-matters-listed = 도시가 물러날 때 남아 있던 일을 적었습니다: { $matters }
open-matters-none = 도시가 물러날 때 남은 일이 없음을 기록했습니다

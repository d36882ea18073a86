learning-recorded = 학습 사례를 기록했습니다: ‘{ $title }’ ({ $origin_city }, { $origin })
learning-revised = 학습 사례를 수정했습니다{ $title ->
    [none] {""}
   *[other] ; 제목: ‘{ $was_title }’ → ‘{ $title }’
}{ $what ->
    [none] {""}
   *[other] ; 내용: ‘{ $was_what }’ → ‘{ $what }’
}{ $why_it_works ->
    [none] {""}
   *[other] ; 효과가 있는 이유: ‘{ $was_why_it_works }’ → ‘{ $why_it_works }’
}{ $conditions ->
    [none] {""}
   *[other] ; 조건: ‘{ $was_conditions }’ → ‘{ $conditions }’
}{ $cost_order ->
    [none] {""}
   *[other] ; 비용: { $was_cost_order } → { $cost_order }
}{ $maturity ->
    [none] {""}
   *[other] ; 성숙도: { $was_maturity } → { $maturity }
}{ $themes ->
    [none] {""}
   *[other] ; 주제: { $was_themes } → { $themes }
}{ $sdg_targets ->
    [none] {""}
   *[other] ; SDG 세부목표: { $was_sdg_targets } → { $sdg_targets }
}{ $reason ->
    [none] {""}
   *[other] . 사유: { $reason }
}
learning-validated = { $note ->
    [none] 학습 사례를 검증했습니다. 전문가: { $expert }
   *[other] 학습 사례를 검증했습니다. 전문가: { $expert }. 비고: { $note }
}
learning-returned = 학습 사례를 작성자에게 돌려보냈습니다. 사유: { $reason }
learning-published = 학습 사례를 모든 도시에 게시했습니다
learnings-consolidated = { $at_meeting ->
    [none] 다음을 이 학습 사례로 종합했습니다: { $from }
   *[other] 다음을 이 학습 사례로 종합했습니다: { $from }. 결정한 회의: { $at_meeting }
}
learning-superseded = { $at_meeting ->
    [none] 이 학습 사례를 다음으로 대체했습니다: { $by }
   *[other] 이 학습 사례를 다음으로 대체했습니다: { $by }. 결정한 회의: { $at_meeting }
}
learning-retracted = 학습 사례를 철회했습니다. 사유: { $reason }
interest-expressed = 도시의 관심을 기록했습니다: { $city }
learning-declined = 학습 사례를 적용하지 않기로 한 도시를 기록했습니다: { $city }. 사유: { $reason }
adoption-committed = 학습 사례를 적용하기로 한 도시를 기록했습니다: { $city }. 담당: { $owner }. 조정 내용: { $adaptation }
adoption-started = { $date ->
    [none] 학습 사례의 적용이 시작되었음을 기록했습니다: { $city }
   *[other] 학습 사례의 적용이 시작되었음을 기록했습니다: { $city }, { $date }
}
adoption-verified = 학습 사례의 적용을 확인했습니다: { $city }, 근거 { $document }
adoption-abandoned = 학습 사례의 적용을 포기한 도시를 기록했습니다: { $city }. 사유: { $reason }
learning-suggested = 학습 사례를 제안했습니다: { $cities }

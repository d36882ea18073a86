report-opened = { $scope ->
    [none] 제{ $period }기 보고서를 시작했습니다: 프로그램 전체
   *[other] 제{ $period }기 보고서를 시작했습니다: { $scope }
}
section-edited = { $was_text ->
    [none] 보고서 항목을 작성했습니다: { $section }{ $city ->
        [none] { "" }
       *[other] { " " }({ $city })
    }, ‘{ $text }’
   *[other] 보고서 항목을 수정했습니다: { $section }{ $city ->
        [none] { "" }
       *[other] { " " }({ $city })
    }, ‘{ $was_text }’ → ‘{ $text }’
}
report-submitted = { $as_of ->
    [none] 현재 수치로 보고서를 제출했습니다
   *[other] 위치 { $as_of } 기준 수치로 보고서를 제출했습니다
}
query-raised = { $about ->
    [none] { $position ->
        [none] 질의했습니다
       *[other] 위치 { $position }에 대해 질의했습니다
    }
   *[other] 질의했습니다: { $about }
} ({ $query }{ $due ->
    [none] { "" }
   *[other] , 답변 기한 { $due }
}): { $text }
query-answered = 질의 { $query }에 답변했습니다: { $text }
report-returned = 보고서를 반려했습니다. 사유: { $reasons }
report-accepted = { $conditions ->
    [none] 보고서를 승인했습니다
   *[other] 보고서를 조건부로 승인했습니다: { $conditions }
}
report-reopened = 보고서를 다시 열었습니다. 사유: { $reason }

## 보고서에 아직 부족한 것
findings-title = 아직 부족한 것
findings-none = 부족한 것이 없습니다.
findings-more = { $count }건 더
findings-by = 보완할 수 있는 역할: { $roles }
findings-mend = 보완하기
finding-visit-without-attendance = 참석자가 기록되지 않아 ‘{ $figure }’ 수치에 아무도 포함되지 않습니다
finding-meeting-without-attendance = 참석자가 기록되지 않아 ‘{ $figure }’ 수치에 아무도 포함되지 않습니다
finding-attendance-without-sheet = 서명된 명단 없이 참석이 기록되어 ‘{ $figure }’ 수치에 포함되지 않습니다
finding-visit-without-learning = 방문이 { $name } 끝났으나 학습 사례도, 없는 사유도 없습니다
finding-learning-not-validated = 학습 사례가 { $name }일째 전문가의 검증을 기다리고 있습니다
finding-measurement-without-evidence = ‘{ $name }’ 값에 증빙이 없습니다
finding-agreement-unsigned = 협약이 서명되지 않았거나 문서가 없어 ‘{ $figure }’ 수치에 포함되지 않습니다
finding-city-without-activity = 이 기간에 이 도시의 활동이 없었습니다
finding-correction-since = 마지막으로 승인된 보고서 이후 이벤트 { $name }에서 정정이 있었습니다. 이를 밝히십시오
finding-empty-section = ‘{ $name }’ 항목이 비어 있습니다
finding-open-query = 답변하지 않은 질의가 있습니다: { $name }
finding-figure-below-target = ‘{ $figure }’ 수치가 목표값({ $name })보다 낮은데 ‘문제와 변경 사항’에 이유가 없습니다
finding-milestone-late = 이정표 ‘{ $name }’ 기한이 지났는데 ‘문제와 변경 사항’에 해당 시범사업에 대한 언급이 없습니다
finding-document-without-bytes = 이 문서의 파일이 아직 제출되지 않았습니다

## 보고서의 수치
report-figures = 수치
report-figures-aside = 각 수치를 누르면 집계한 이벤트가 열립니다
report-code = 코드
report-figure = 수치
report-value = 값
report-target = 목표값
report-behind = 수치가 집계한 것
report-counted = { $counted }건 집계, { $left }건 검토 후 제외
report-rule = 규칙 제{ $version }판
report-not-counted = 검토 후 제외
report-more = { $count }건 더

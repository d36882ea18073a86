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
finding-city-without-activity = 이 기간에 이 도시의 활동이 없었고, 이 도시를 위해 맡은 일도 없습니다
finding-correction-since = 마지막으로 승인된 보고서 이후 이벤트 { $name }에서 정정이 있었습니다. 문제와 변경 사항에 이 이벤트가 언급되어 있지 않습니다
finding-empty-section = ‘{ $name }’ 항목이 비어 있습니다
finding-open-query = 답변하지 않은 질의가 있습니다: { $name }
finding-figure-below-target = { $figure }: 기간이 끝날 때까지 목표가 요구하는 수준에 미치지 못하는데(그때까지 / 시간에 비례한 값 / 프로그램 종료 시: { $name }) ‘문제와 차이’에 이유가 없습니다
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

## 승인까지의 시계
acceptance-title = 결정까지의 날
acceptance-used = { $days }일 중 { $used }일 지남
acceptance-since = { $day } 제출
acceptance-due = 결정 기한 { $day }
acceptance-stopped = { $day }부터 멈춤: 답하지 않은 질문 { $count }건
acceptance-decided = { $day } 결정
acceptance-small = { $days }일 중 { $used }일
acceptance-small-stopped = { $days }일 중 { $used }일, 멈춤

## 보고서에 대한 질문
queries-title = 질문
queries-by = 답변 기한 { $day }
queries-answered = 답한 이벤트
queries-met = 답한 이벤트
queries-met-more = 빠졌던 것이 기록되어 이제 { $figure }에 포함됩니다.
queries-open = 아직 답이 없습니다
queries-looks-at = { $figure }에서 검토했으나 제외한 것:
queries-answer = 답하기

## 쓰면서 저장
autosave-kept = 이 브라우저에 보관됨. 아직 기록되지 않았습니다
autosave-saving = 저장하는 중…
autosave-saved = { $time }에 저장됨
autosave-offline = 연결되지 않음: 이 브라우저에 보관하고, 연결되면 보냅니다
autosave-signed-out = 로그아웃되었습니다. 이 브라우저에 보관합니다. 다른 창에서 다시 로그인한 뒤 계속 쓰십시오
autosave-conflict = 그사이 다른 사람이 이 부분을 바꾸었습니다. 적은 것은 사라지지 않습니다. 저장하면 둘 다 보여 줍니다
autosave-refused = 저장하지 못했습니다. 버튼을 눌러 이유를 확인하십시오

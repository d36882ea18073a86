## 모든 페이지
tagline = 도시들의 협력을 함께 기록하고 검증하는 곳
skip = 본문으로 건너뛰기
title-past = { $day } 기준: { $title }
search = 검색
search-label = 도시, 방문, 학습 사례, 시범사업을 검색하거나 번호로 이벤트를 찾습니다
search-hint = 도시, 방문, 이벤트 번호
search-title = 검색: { $words }
search-nothing = 이 단어가 있는 항목이 없습니다. 단어를 줄이거나 악센트 없이 이름을 입력해 보십시오.
menu = 주 메뉴
menu-overview = 개요
menu-partnerships = 파트너십
menu-visits = 방문
menu-pilots = 시범사업
menu-learnings = 학습 사례
menu-cities = 도시
menu-reports = 보고서
menu-audit = 감사 추적
breadcrumb = 현재 위치
pages = 페이지
pages-next = 다음 페이지
yes = 예
no = 아니요
foot-label = 바닥글
foot-what = 도시 간 협력의 기록을 보관합니다. 아무것도 덮어쓰지 않습니다. 잘못은 나중 이벤트로 정정하며, 둘 다 남습니다.
foot-sources = 육지 윤곽: Natural Earth(퍼블릭 도메인). 도시 좌표: GeoNames(CC BY 4.0).
foot-record = 기록을 보관하는 방법
foot-programmes = 프로그램
foot-people = 참여자
foot-documents = 문서
foot-api = API 사용해 보기

## 시연
sample-data = 예시 데이터.
sample-data-more = 공개 자료를 바탕으로 한 프로그램이며, 인물은 가상이고 수치는 예시입니다.
demo-next-day = 다음 날 재생
demo-sign-in = 로그인하여 다음 날 재생

## 표시 시점
strip-label = 표시 시점
strip-now = 현재
strip-past = 과거를 보고 있습니다
strip-after-event = 마지막 이벤트
strip-moment = { $year }년 { $day }, { $time } UTC
strip-earlier = 이전 시점 보기(UTC)
strip-earlier-short = 이전 시점 보기
strip-show = 보기
strip-return = 현재로 돌아가기
live-reload = 새 이벤트 1건. 보기|새 이벤트 #건. 보기
date-range = { $from }–{ $to }

## 로그인
sign-in = 로그인
sign-out = 로그아웃
sign-in-lede = 이메일 주소와 비밀번호 또는 토큰으로 로그인합니다.
sign-in-demo = 예시에 나오는 인물은 가상입니다. 역할을 맡을 사람을 고르십시오.
sign-in-token = 토큰
sign-in-hint = 관리자가 ‘koinon token create’ 명령으로 만듭니다.
sign-in-failed = 알 수 없거나 만료된 토큰입니다. 빠진 글자가 없는지 확인하거나 새 토큰을 요청하십시오.
account = 내 계정
account-may = 할 수 있는 일
account-until = { $day }까지

## 개요
dash-title = 프로그램 개요
dash-programme = 프로그램
dash-for = 대상: { $who }
dash-headline = { $count ->
    [0] 아직 참여한 도시가 없습니다
   *[other] 서로에게서 배우는 { $count }개 도시
}
dash-lede-now = 오늘 대표단이 방문 중인 곳: { $hosts }.
dash-lede-held = 방문이 { $count }건 이루어졌습니다.
dash-lede-coming = 앞으로 { $count }건이 예정되어 있습니다.
dash-lede-nothing = 아직 이루어진 방문이 없습니다.
dash-aside = 할 일과 활동
dash-empty = 아직 기록이 없습니다
dash-empty-more = 코디네이터가 프로그램(CreateProgramme)을 만들고 도시와 파트너십을 추가합니다. 기록한 내용은 바로 여기에 나타납니다.
dash-figures = 주요 수치
dash-map = 협력하는 도시들
dash-map-yellow = 노란색: 오늘 진행 중인 방문
dash-visits = 방문, { $from }–{ $to }
dash-visits-none = 방문
dash-visits-caption = 파트너십별 방문, { $from }–{ $to }. 막대를 누르면 방문이 열립니다.
dash-visits-all = 방문 { $count }건 모두 목록으로 보기
dash-pilots = 단계별 시범사업
dash-pilots-all = { $count ->
    [0] 아직 시범사업이 없습니다
   *[other] 시범사업 { $count }건 모두 보기
}
dash-learnings = 주제별 학습 사례
dash-learnings-all = 학습 사례 읽기
dash-learnings-caption = 학습 사례 { $count }건. 학습 사례는 주된 주제에서 한 번만 집계합니다.
dash-needs = 처리를 기다리는 일
dash-activity = 활동
figure-cities = 도시
figure-cities-of = 유럽 { $europe }곳, 그 밖 { $elsewhere }곳
figure-partnerships = 파트너십
figure-partnerships-of = 활동 중 { $active }건, 완료 { $done }건
figure-visits = 방문
figure-visits-of = 완료 { $done }건, 진행 중 { $now }건
figure-learnings = 학습 사례
figure-learnings-of = 방문 { $visits }건, 회의 { $meetings }건
figure-projects = 협력 사업
figure-projects-of = 활동 중 { $active }건, 완료 { $done }건
figure-pilots = 시범사업
figure-pilots-of = 진행 중 { $launched }건, 종료 { $done }건
events-count = { $count ->
    [0] 아직 이벤트 없음
   *[other] 이벤트 { $count }건
}
events-behind = ‘{ $name }’의 근거
map-title = 세계 지도: 도시와 그 파트너를 선으로 이었습니다. 같은 정보가 아래 방문 표에 있습니다.
map-europe = 유럽(확대)
map-partnership = 파트너십
map-now = 진행 중인 방문
map-empty = 도시가 선정되면 여기에 나타납니다.
visit-in = 장소: { $host }
visits-without-partnership = 파트너십 없음
visits-empty = 아직 날짜가 정해진 방문이 없습니다. 코디네이터가 첫 일정을 정합니다.
legend-planned = 계획됨
legend-confirmed = 확정됨
legend-now = 진행 중
legend-done = 완료됨
legend-today = 오늘, { $day }
stage-proposed = 제안됨
stage-planned = 준비 중
stage-approved = 승인됨
stage-launched = 개시됨
stage-evaluated = 평가됨
stage-empty = 이 단계에는 없습니다.
pilot-measured = { $value } / { $target } { $unit }
theme-none = 주제 없음
rule-month = 전체 { $total }개월 중 { $month }개월째
rule-before = 첫 달 이전
rule-after = 기간이 지났습니다
needs-nothing = 기다리는 일이 없습니다.
needs-of = { $total }건 중 { $shown }건
need-confirm = 방문 확정하기: { $host }
need-start = 방문이 시작되었는지 알리기
need-complete = 방문 완료하기
need-learning = 배운 내용 기록하기
need-new-days = 방문의 새 날짜 정하기
need-approve = 계획 승인하기({ $cities })
need-report = 반려된 제{ $number }기 보고서에 답하기
days-late = { $days }일 지연
feed-live = 실시간. 시각은 UTC입니다.
feed-utc = 시각은 UTC입니다.
feed-reload = 새 이벤트를 보려면 새로고침하십시오.
feed-pause = 일시 중지
feed-go-on = 계속
feed-show-one = 새 이벤트 1건 보기
feed-show-many = 새 이벤트 #건 보기
feed-all = 감사 추적에서 이벤트 { $count }건 모두 보기
day-today = 오늘, { $day }
day-yesterday = 어제, { $day }

## 목록
filter-label = 필터
filter-words = 단어
filter-status = 상태
filter-any = 모두
filter-go = 적용
filter-clear = 지우기
filter-since = 시작
filter-until = 종료
filter-type = 이벤트 종류
filter-any-type = 모든 종류
filter-anybody = 모두
filter-actor = 사람
rows-count = { $count ->
    [0] 해당 항목 없음
   *[other] { $count }건
}
rows-theme = 주제: { $theme }
column-status = 상태
column-theme = 주제
column-bar = 막대
column-learnings = 학습 사례
column-partnership = 파트너십
column-visits = 월별 방문
column-event = 이벤트
column-when = 시각(UTC)
column-who = 사람
column-what = 내용
column-on = 대상
column-why = 사유
column-period = 기간
column-value = 값
column-evidence = 증빙
list-programmes = 프로그램
list-programmes-lede = 무엇을, 누구를 위해, 언제까지 지원하는지 보여 줍니다.
list-programmes-empty = 아직 프로그램이 없습니다. 코디네이터가 첫 프로그램을 만듭니다.
list-cities = 도시
list-cities-lede = 참여하는 도시, 참여를 신청한 도시, 떠난 도시입니다.
list-cities-empty = 조건에 맞는 도시가 없습니다. 도시는 코디네이터가 등록합니다.
list-partnerships = 파트너십
list-partnerships-lede = 함께 일하기로 한 둘 이상의 나라의 도시들입니다.
list-partnerships-empty = 조건에 맞는 파트너십이 없습니다. 코디네이터가 제안하고 모든 도시가 수락합니다.
list-people = 참여자
list-people-lede = 프로그램에서 일하는 사람들입니다. 이름은 알아도 되는 사람에게만 보입니다.
list-people-empty = 조건에 맞거나 볼 수 있는 사람이 없습니다.
list-visits = 방문
list-visits-lede = 양방향의 시찰 방문, 전문가 파견, 답방, 마스터클래스입니다.
list-visits-empty = 조건에 맞는 방문이 없습니다. 코디네이터나 도시가 일정을 정합니다.
list-meetings = 회의
list-meetings-lede = 착수 회의, 양자 회의, 주제별 회의, 웨비나입니다.
list-meetings-empty = 조건에 맞는 회의가 없습니다.
list-learnings = 학습 사례
list-learnings-lede = 무엇을 배웠고, 왜 효과가 있으며, 다른 곳에서 쓰려면 무엇이 필요한지 담았습니다.
list-learnings-empty = 조건에 맞는 학습 사례가 없습니다. 대표단이 방문 중이나 방문 후에 기록합니다.
list-projects = 협력 사업
list-projects-lede = 파트너들이 함께하기로 합의한 사업입니다.
list-projects-empty = 조건에 맞는 협력 사업이 없습니다.
list-pilots = 시범사업
list-pilots-lede = 학습 사례를 도시에서 시험하는 과정입니다. 첫 구상부터 지속 여부 결정까지 담았습니다.
list-pilots-empty = 조건에 맞는 시범사업이 없습니다. 시범사업은 학습 사례와 협력 사업에서 나옵니다.
list-actions = 후속 조치
list-actions-lede = 누가 무엇을 언제까지 맡았는지 보여 줍니다.
list-actions-empty = 조건에 맞는 후속 조치가 없습니다.
list-documents = 문서
list-documents-lede = 해시 값과 함께 증빙으로 등록된 문서입니다.
list-documents-empty = 조건에 맞는 문서가 없습니다.
list-reports = 보고서
list-reports-lede = 지원 기관에 보고한 내용이며, 기록의 한 위치에 고정되어 있습니다.
list-reports-empty = 아직 시작된 보고서가 없습니다. 코디네이터가 기간별로 시작합니다.

## 개별 항목
detail-aside = 이력
detail-facts = 기록된 내용
detail-history = 이력
detail-version = 제{ $version }판
detail-counts-in = ‘{ $figure }’ 수치에 셉니다: 관련 사건 보기
report-number = 제{ $number }기 보고서
sessions-local = 시각은 주최 도시의 현지 시각입니다.
indicator-from-to = { $baseline } → { $target } { $unit }
no-evidence = 아직 증빙 없음
not-measured = 아직 측정하지 않았습니다.
called-erased = 삭제된 참여자
called-unnamed = 참여자
called-role-of = { $city } { $role }
actor-system = Koinon

## 감사 추적
audit-title = 이벤트 { $count }건, 덮어쓴 것은 없습니다
audit-figure = ‘{ $figure }’의 근거가 된 이벤트 { $count }건
audit-lede = 누가, 무엇을, 언제, 왜 했는지 보여 줍니다. 잘못은 나중 이벤트로 정정하며, 둘 다 남습니다.
audit-events = 이벤트
audit-caption = 최신순 이벤트. 첫 열의 번호를 누르면 이벤트가 열립니다.
audit-newest = 최신순
audit-empty = 조건에 맞는 이벤트가 없습니다. 필터를 넓히십시오.
audit-range = 이벤트 { $first }–{ $last }
audit-older = 이전: { $last } 이하
audit-show = , 이벤트 보기
atom-title = Koinon: 활동 소식
audit-corrects = 정정 대상
audit-recorded = 기록된 내용
audit-data-of = 이벤트 { $position }의 데이터
audit-intact = 온전합니까?
audit-check = 이 페이지에서는 확인하지 않습니다. ‘koinon verify’ 명령은 모든 해시를 다시 계산하고 일치하지 않는 첫 기록을 알려 줍니다.
audit-hash = 리프 해시
audit-version = 판
proof-title = 이 이벤트가 있는 기록부
proof-log = 기록부
proof-origin = 기록부 이름
proof-size = 기록부의 이벤트 수
proof-root = 루트 해시
proof-file = 이 이벤트가 기록부에 있다는 증명 내려받기
proof-checkpoint = 서명된 체크포인트
proof-more = 증명에는 서명된 체크포인트가 들어 있습니다. 이 사이트 없이도 기록부의 키로 누구나 확인할 수 있습니다.
audit-history = 이 대상에 일어난 모든 일
events-shown = { $count ->
    [0] 이벤트 없음
   *[other] 이벤트 { $count }건
}
event-number = 이벤트 { $number }
event-title = 이벤트 { $number }
event-before = 이전 이벤트
event-after = 다음 이벤트
event-unknown = 이 버전에서 읽을 수 없는 내용을 기록했습니다
reason-ending = 사유: { $reason }

## 문제가 생겼을 때
trouble-home = 개요로 가기
trouble-404 = 여기에는 아무것도 없습니다
trouble-404-more = 주소를 잘못 입력했거나 볼 수 없는 항목입니다. 개요에서 볼 수 있는 모든 항목으로 갈 수 있습니다.
trouble-403 = 이 작업을 할 권한이 없습니다
trouble-401 = 먼저 로그인하십시오
trouble-401-more = 로그인한 사람을 위한 페이지입니다.
trouble-409 = 지금 상태에서는 할 수 없습니다
trouble-500 = 서비스에 문제가 생겼습니다
trouble-reference = 운영자에게 참조 번호를 알려 주십시오: { $reference }.
problem-lede = 거절의 유형입니다. 여기를 가리킨 응답의 ‘detail’에 그때의 문제와 해야 할 일이 있습니다.
detail-export = 이 참여자에 대해 보관 중인 모든 정보(JSON)
report-files = 파일
report-files-of = 위치 { $position }까지의 기록
report-file-xlsx = 통합 문서(XLSX)
report-file-csv = 수치 표(CSV)
report-file-json = 프로그램용 전체 데이터(JSON)
report-file-html = 읽고 인쇄할 페이지(HTML)
report-file-iati = 공개용 활동 자료(IATI 2.03)
report-file-bundle = 누구나 확인할 수 있는 증빙 포함 보고서(ZIP)
report-file-size = { $size } kB
report-missing = 아직 부족한 것
report-nothing-missing = 프로그램이 찾을 수 있는 부족한 점이 없습니다.
report-mender-coordinator = 코디네이터가 보완할 수 있습니다.
report-mender-delegate = 도시 대표가 보완할 수 있습니다.
report-mender-expert = 전문가가 보완할 수 있습니다.
report-mend = 보완하기
report-changed = 지난 판 이후 바뀐 것
report-nothing-changed = 바뀐 것이 없습니다.
report-changed-because = 반려 사유: { $reasons }
report-entered = 새로 집계:
report-left = 집계에서 제외:
event-inside = 기록
report-file-pdf = 읽고 인쇄하고 보관할 문서(PDF/A)
report-writing = 사람이 쓰는 부분
report-write = 쓰기
report-not-written = 아직 없음
report-counts-now = 이제 포함. 이전: { $why }
report-counts-new = 새로 생김
report-counts-no-more = 이제 제외: { $why }
report-counts-gone = 더는 검토하지 않음
said-conclusion = 결론:
said-hidden = 숨긴 댓글입니다. 사유: { $reason }
said-changed = 이후 수정됨

## 활동
foot-activity = 활동
activity-lede = 기록된 내용을 최신순으로 보여 줍니다. 한 줄이 하나의 이벤트이며, 어떤 것도 지워지지 않습니다.

## 시스템 상태
foot-status = 시스템 상태
status-well = 기록부가 명령을 받고 있으며, 모든 페이지가 최신 상태를 보여 줍니다.
status-ill = 서비스 운영자의 조치가 필요합니다.
status-log = 기록부
status-events = 이벤트 { $count }건
status-writable = 명령 접수
status-origin = 출처
status-checkpoint = 서명된 체크포인트
status-models = 읽기 모델
status-model = 읽기 모델
status-upto = 반영된 이벤트
status-behind = 지연
status-stopped = 상태
status-runs = 기록부를 따라가는 중
status-none-parked = 보류된 대상이 없습니다.

## 접근성 안내
foot-accessibility = 접근성 안내
accessibility-lede = 참여하는 모든 사람이 이 서비스를 이용할 수 있어야 합니다. WCAG 2.2 AA 수준(EN 301 549)을 목표로 합니다.
accessibility-how-title = 만든 방식
accessibility-how = 모든 페이지는 스크립트 없이, 키보드만으로, 밝은 화면과 어두운 화면에서, 휴대전화처럼 좁은 화면에서도 쓸 수 있게 만들었습니다.
    차트와 지도 옆에는 같은 정보가 글이나 표로 있습니다. 색만으로 뜻을 전하지 않습니다. 새 소식이 읽고 있는 내용을 밀어내지 않습니다.
accessibility-known-title = 아직 부족한 점
accessibility-known = 날짜 입력란의 달력은 페이지가 아니라 브라우저의 언어를 따릅니다.
    올린 문서의 접근성은 작성한 사람이 만든 그대로입니다.
    사람들이 쓴 글은 원래 언어 그대로 두며 번역하지 않습니다.
accessibility-checked-title = 점검 방법
accessibility-checked = 브라우저 시험(그중 하나는 키보드만 사용)을 거쳤고, 넓은 화면과 좁은 화면에서 페이지를 직접 살펴보았습니다.
    아직 점검하지 않은 것: 400 % 확대, 자동 검사 도구의 전체 실행, 화면 낭독기 이용자의 사용.
accessibility-tell-title = 알려 주십시오
accessibility-tell = 참여를 가로막는 것이 있으면 프로그램 코디네이터에게 알려 주십시오. 2주 안에 답변을 드립니다.

## 개인정보 보호
foot-privacy = 개인정보 보호
privacy-lede = 이 서비스가 보관하는 개인정보와 요청할 수 있는 권리입니다(GDPR, EUDPR 2018/1725).
privacy-what-title = 보관하는 정보
privacy-what = 이름, 이메일 주소와 전화번호, 근무처, 사용 언어, 맡은 역할, 기록하거나 참여한 내용입니다.
    추적하지 않습니다. 쿠키 하나는 로그인을 유지하고 다른 하나는 선택한 언어를 기억하며, 다른 사이트에서는 아무것도 불러오지 않습니다.
privacy-where-title = 보관 장소
privacy-where = 이름, 주소, 전화번호는 사람마다 다른 키로 암호화하여 금고에 둡니다. 기록부에는 아무것도 드러내지 않는 봉인된 값만 있습니다.
privacy-who-title = 볼 수 있는 사람
privacy-who = 프로그램 코디네이터, 관리자, 함께 일하는 사람(소속 도시의 대표단과 방문 관계자)입니다. DG REGIO와 감사관은 이름이 아니라 역할과 수만 봅니다.
privacy-long-title = 보관 기간
privacy-long = 프로그램 기록을 보존해야 하는 동안입니다(잔금 지급 후 5년, 규정 2024/2509 제133조). 그 전에 요청하고 이를 막는 사유가 없으면 더 일찍 삭제합니다.
privacy-rights-title = 요청할 수 있는 것
privacy-rights = 본인 페이지에서 보관 중인 모든 정보를 받고, 삭제를 요청하는 양식을 쓸 수 있습니다. 삭제하면 본인의 키가 폐기되어 이름은 어디에도 남지 않으며, 수치와 증명은 그대로 유지됩니다.
    정정을 요청하거나, 개인정보 감독기관 또는 유럽 데이터보호감독관(EDPS)에 이의를 제기할 수도 있습니다.

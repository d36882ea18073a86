//! Cities active.

use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::cities::CityStatus;

pub(super) const RULE: Rule = Rule {
    code: "cities-active",
    name: "Cities active",
    unit: "cities",
    kind: FigureKind::Kpi,
    definition: "Cities that take part and whose first partnership was formed; beside it all cities that take part. As \
                 of the period's end, by the day the city became active.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let until = ground.period.until();
    let mut taking_part = 0;
    for city in ground.cities() {
        let reason = city.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        match city.status {
            CityStatus::Active => {
                taking_part += 1;
                let activated = city.activated.unwrap_or(city.begun);
                if until.holds(activated.recorded) {
                    count.yes(city.id, [activated.position], Amount::ONE);
                }
            }
            CityStatus::Selected => {
                taking_part += 1;
                let selected = city.selected.unwrap_or(city.begun);
                if until.holds(selected.recorded) {
                    count.no(
                        city.id,
                        [selected.position],
                        "no-partnership",
                        "selected, without a formed partnership yet",
                    );
                }
            }
            CityStatus::Withdrawn => count.no(city.id, [city.position], "withdrawn", format!("the city left{reason}")),
            CityStatus::Applied => count.no(city.id, [city.position], "applied", "it has asked to take part"),
            CityStatus::Reserve => {
                count.no(city.id, [city.position], "reserve", format!("on the reserve list{reason}"))
            }
            CityStatus::Rejected => count.no(city.id, [city.position], "rejected", format!("rejected{reason}")),
        }
    }
    let active = count.counted.len();
    count.share("active", active);
    count.share("taking part", taking_part);
    count
}

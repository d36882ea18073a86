//! The systemd unit of the operating notes, judged by systemd itself: how much of the machine is open to the service.

use std::process::Command;

use crate::support::Place;

/// The most exposure, in tenths: 1.5 of 10.
const MOST: &str = "--threshold=15";

#[test]
fn the_unit_that_operators_copy_keeps_the_machine_out_of_reach() {
    let notes = include_str!("../../docs/OPERATING.md");
    let (_, rest) = notes.split_once("```ini\n").expect("the notes show a unit");
    let (unit, _) = rest.split_once("```").unwrap();
    let place = Place::sqlite();
    let judged = |text: &str| {
        let file = place.folder().join("koinon.service");
        std::fs::write(&file, text).unwrap();
        let mut judge = Command::new("systemd-analyze");
        judge.args(["security", "--offline=true", "--no-pager", MOST]).arg(&file);
        judge.output().expect("systemd-analyze is missing: apt-get install systemd")
    };
    let said = judged(unit);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    let open = unit.replace("ProtectSystem=strict\n", "").replace("CapabilityBoundingSet=\n", "");
    assert!(!judged(&open).status.success(), "a unit that keeps less is not good enough");
}

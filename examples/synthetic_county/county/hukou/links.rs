//! The fixture's fixed links: a village minibus.

use super::super::sites::Site;
use super::super::world::World;

/// Name, village, the centre that it goes to, minutes, mean wait, hours (all invented).
const LINKS: [(&str, &str, &str, [&str; 3]); 1] = [(
    "村村通：沙港西村—舜德乡",
    "沙港西村",
    "舜德乡便民服务中心",
    ["5", "4", "Mo-Su 07:00-18:00"],
)];

/// The rows of `links.csv`, with its header.
pub fn rows(world: &World, sites: &[Site]) -> Vec<String> {
    let header = "name,from_lon,from_lat,to_lon,to_lat,minutes,wait,opening_hours,both_ways";
    let mut rows = vec![header.to_owned()];
    for (name, village, centre, terms) in LINKS {
        let from = world.places.iter().find(|place| place.name == village);
        let to = sites.iter().find(|site| site.name == centre);
        rows.extend(from.zip(to).map(|(from, to)| {
            let [from, to] = [from.centre, to.at].map(|at| at.lon_lat(','));
            format!("{name},{from},{to},{},yes", terms.join(","))
        }));
    }
    rows
}

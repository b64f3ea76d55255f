// Works out the weeks of differential.tsv with opening_hours.js, the second implementation.
//
//   npm install opening_hours@3.15.0      (in a folder of its own)
//   TZ=Asia/Shanghai NODE_PATH=that/folder/node_modules node make_differential.js differential.tsv
//
// Of each row the first three columns are kept: the string, the same in OSM syntax by hand (empty
// where the string is OSM itself), and why walkshed answers otherwise (empty where it does not).
// Five columns follow, one a week: `0-4:540-720,780-1020;5:540-720` is Monday to Friday, then
// Saturday, in minutes of the day; `=` is as in the first week, `-` is closed. The first lines say
// which weeks, and which of their days opening_hours.js takes for public holidays.
const fs = require('fs');
const OpeningHours = require('opening_hours');

const MONDAYS = ['2024-03-04', '2024-04-29', '2024-07-08', '2024-09-30', '2024-12-30'];
const place = { lat: '29.73', lon: '116.20', address: { country_code: 'cn', country: 'China' } };

function day(monday, number) {
  const date = new Date(`${monday}T00:00:00`);
  date.setDate(date.getDate() + number);
  return date;
}

// Minutes of the day at which a day is open for certain: unknown hours are not.
function ranges(hours, from, until) {
  const minutes = (time) => Math.round((time - from) / 60000);
  const open = hours.getOpenIntervals(from, until).filter((interval) => !interval[2]);
  const merged = [];
  for (const [start, end] of open.map(([start, end]) => [minutes(start), minutes(end)])) {
    const last = merged[merged.length - 1];
    if (last && last[1] >= start) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged.map((range) => range.join('-')).join(',');
}

function week(hours, monday) {
  const days = [0, 1, 2, 3, 4, 5, 6].map((number) =>
    ranges(hours, day(monday, number), day(monday, number + 1)));
  const groups = [];
  days.forEach((open, number) => {
    const last = groups[groups.length - 1];
    if (last && last.open === open) last.until = number;
    else groups.push({ from: number, until: number, open });
  });
  const shown = groups.filter((group) => group.open).map(({ from, until, open }) =>
    `${from === until ? from : `${from}-${until}`}:${open}`);
  return shown.join(';') || '-';
}

function local(date) {
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const file = process.argv[2];
const lines = fs.readFileSync(file, 'utf8').split('\n').filter((line) => line && line[0] !== '#');
const holidays = new OpeningHours('PH', place);
const off = MONDAYS.flatMap((monday) => [0, 1, 2, 3, 4, 5, 6].map((number) => day(monday, number)))
  .filter((date) => holidays.getState(new Date(date.getTime() + 12 * 3600000)));
const rows = lines.map((line) => {
  const [string, osm, why] = line.split('\t');
  const hours = new OpeningHours(osm || string, place);
  const weeks = MONDAYS.map((monday) => week(hours, monday));
  const short = weeks.map((open, number) => (number > 0 && open === weeks[0] ? '=' : open));
  return [string, osm, why, ...short].join('\t');
});
const head = [
  '# made by make_differential.js with opening_hours.js 3.15.0',
  `# weeks ${MONDAYS.join(' ')}`,
  `# holidays ${off.map(local).join(' ')}`,
];
fs.writeFileSync(file, `${head.concat(rows).join('\n')}\n`);

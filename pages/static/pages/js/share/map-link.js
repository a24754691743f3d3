// A map of what somebody has seen and wants to see, as the end of an address: no server is needed to
// pass it on. Pure.
//
// "map=" and the number of the version; then, as base64 for addresses, a byte for five countries
// each, of three states, and two bytes by which it is known whether all of it has arrived.

const NAME = "map=";
const VERSION = "1";
// The countries of version 1, in their order. A country that is new is for another version.
const CODES = (
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR " +
  "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ " +
  "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW " +
  "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY " +
  "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV " +
  "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY " +
  "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG " +
  "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA " +
  "ZM ZW"
).split(" ");
const STATES = { neither: 0, seen: 1, wanted: 2 };
const IN_A_BYTE = 5; // 3 ** 5 is 243
const BYTES = Math.ceil(CODES.length / IN_A_BYTE);
const CHECK_BYTES = 2;

// Why it is no map, in words.
export class UnreadableLink extends Error {}

// `seen` and `wanted` have codes: sets, or maps by them.
export function encodeMap({ seen, wanted }) {
  const states = CODES.map((code) => (seen.has(code) ? STATES.seen : wanted.has(code) ? STATES.wanted : STATES.neither));
  const bytes = [];
  for (let at = 0; at < states.length; at += IN_A_BYTE) {
    bytes.push(states.slice(at, at + IN_A_BYTE).reduceRight((byte, state) => 3 * byte + state, 0));
  }
  return NAME + VERSION + toBase64([...bytes, ...check(bytes)]);
}

// Whether the address's fragment, with its #, is meant to be a map.
export function isSharedMap(hash) {
  return hash.startsWith(`#${NAME}`);
}

// { seen, wanted } as sets of codes, of the fragment. Throws UnreadableLink.
export function decodeMap(hash) {
  const text = hash.slice(1 + NAME.length);
  if (text.slice(0, 1) !== VERSION) {
    const isLater = /^[2-9]/.test(text);
    throw new UnreadableLink(isLater ? "This link was made by a later release of this site." : "This is no link to a map of this site.");
  }
  const bytes = fromBase64(text.slice(1));
  if (bytes.length < BYTES + CHECK_BYTES) throw new UnreadableLink("This link has been cut off on its way to you.");
  const countries = bytes.slice(0, BYTES);
  const isWhole = check(countries).every((byte, index) => byte === bytes[BYTES + index]);
  if (!isWhole || bytes.length > BYTES + CHECK_BYTES) throw new UnreadableLink("This link has been changed on its way to you.");
  const states = countries.flatMap((byte) => Array.from({ length: IN_A_BYTE }, (_, place) => Math.floor(byte / 3 ** place) % 3));
  const codesOf = (state) => new Set(CODES.filter((_, index) => states[index] === state));
  return { seen: codesOf(STATES.seen), wanted: codesOf(STATES.wanted) };
}

// Fletcher's sum of the bytes.
function check(bytes) {
  let [first, second] = [1, 0];
  for (const byte of bytes) {
    first = (first + byte) % 255;
    second = (second + first) % 255;
  }
  return [first, second];
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64(text) {
  try {
    return [...atob(text.replaceAll("-", "+").replaceAll("_", "/"))].map((character) => character.charCodeAt(0));
  } catch {
    // A letter too many or too few for base64.
    if (/^[\w-]*$/.test(text)) return [];
    throw new UnreadableLink("This is no link to a map of this site.");
  }
}

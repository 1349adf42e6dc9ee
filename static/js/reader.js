// guides/reader/ once more, for a phone without signal. All that it knows comes from there as data; here stands only
// how to go by it, function for function. Tests hold the answers of the two against each other.

// What Python calls a space, an invisible character, a decimal digit and a word. With "u" a character is a code point.
const SPACE = /[\t-\r\x1c-\x1f\x85\p{Z}]/u;
const INVISIBLE = /[\p{C}\p{M}]/u;
const DECIMAL = /\p{Nd}/u;
const DASH = /\p{Pd}/u;
const WORD = /[\p{L}\p{N}]+/gu;

// The ten digits of a script stand together in Unicode, from zero up.
function decimal(character) {
  const code = character.codePointAt();
  let before = 0;
  while (DECIMAL.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

const joined = (match) => match.slice(1).join("");

export function reader(data) {
  const { limits, meant, goodSerial, mostHelpful } = data;
  const lineEnd = new RegExp(data.tidy.lineEnd, "u");
  const label = new RegExp(data.tidy.label, "u");
  const whole = new RegExp(data.phrases.whole, "u");
  const amongWords = new RegExp(data.phrases.amongWords, "gu");
  const dashesOnly = new RegExp(data.phrases.dashesOnly, "u");
  const splitSerial = new RegExp(data.splitSerial, "u");
  const serialAmongWords = data.serialAmongWords.map((pattern) => new RegExp(pattern, "gu"));
  const certainRules = data.certainRules.map(rule);
  const rules = data.rules.map(rule);

  function rule([kind, on, pattern, ...also]) {
    return { kind, on, also, regex: new RegExp(pattern, "u") };
  }

  function verdict(kind, line, more) {
    const nothing = { text: "", serial: "", serials: [], tidied: [], swaps: [], lines: [], slug: "", year: null };
    const read = line && { text: line.raw, tidied: line.changes };
    return { kind, ...nothing, also: [], overLimit: false, ...read, ...more };
  }

  function plain(character) {
    const form = [...character.normalize("NFKC")];
    if (form.length > 1 && form.length <= data.tidy.longestForm) return form.map(plain).join("");
    const one = form.length === 1 ? form[0] : character;
    if (SPACE.test(one)) return " ";
    if (INVISIBLE.test(one)) return "";
    if (DECIMAL.test(one)) return decimal(one);
    return DASH.test(one) || data.tidy.dashes.includes(one) ? "-" : one;
  }

  function tidy(line) {
    const characters = [...line];
    const pieces = characters.map(plain);
    const typed = pieces.join("").split(" ").filter(Boolean).join(" ");
    const upper = typed.toUpperCase();
    const raw = upper.replace(label, "") || upper;
    const words = (raw.match(WORD) ?? []).join(" ");
    const compact = words.replaceAll(" ", "");
    const changed = [
      upper !== typed,
      raw.includes(" "),
      raw.replaceAll(" ", "") !== compact,
      raw !== upper,
      pieces.some((piece, place) => piece !== characters[place] && /[0-9]/.test(piece)),
      pieces.includes(""),
    ];
    return { raw, words, compact, changes: data.tidy.changes.filter((_, place) => changed[place]) };
  }

  function readLine(line) {
    const certain = byRule(certainRules, line);
    if (certain) return certain;
    const ruled = byRule(rules, line);
    const exact = whole.exec(line.compact || (dashesOnly.test(line.raw) ? "-" : ""));
    if (exact) return byPhrase(phrase(exact), line, ruled ? [ruled.kind] : []);
    if (ruled) return ruled;
    const within = Array.from(line.words.matchAll(amongWords), phrase);
    return within.length ? byPhrase(Math.min(...within), line, []) : verdict("unknown", line);
  }

  function byRule(among, line) {
    for (const each of among) {
      const match = each.regex.exec(line[each.on]);
      if (match) return conclude(each, joined(match), line);
    }
    return null;
  }

  // Each phrase is a group of its own: the number of the one that matched.
  function phrase(match) {
    return match.findIndex((group, number) => number > 0 && group !== undefined) - 1;
  }

  function byPhrase(number, line, also) {
    const [kind, slug] = data.phrases.meanings[number];
    return verdict(kind, line, { slug, also });
  }

  function conclude({ kind, also }, found, line) {
    if (kind === "year") return verdict(kind, line, { also, year: Number(found) });
    if (kind === "lookalike") {
      const swaps = Array.from(found, (seen, place) => ({ position: place + 1, seen, meant: meant[seen] }));
      const serial = found[0] + found.slice(1).replace(/[A-Z]/g, (letter) => meant[letter]);
      return verdict(kind, line, { also, serial, swaps: swaps.filter((swap) => swap.position > 1 && swap.meant) });
    }
    if (kind === "serial-in-text") {
      const matches = serialAmongWords.flatMap((regex) => [...line.words.matchAll(regex)]);
      const serials = [...new Set(matches.map(joined))];
      if (serials.length > 1) return verdict("several-serials", line, { also, serials });
    }
    return verdict(kind, line, { also, serial: found });
  }

  function ofMany(lines, verdicts) {
    const good = verdicts.filter(({ kind }) => goodSerial.includes(kind));
    const serials = [...new Set(good.flatMap((each) => (each.serials.length ? each.serials : each.serial)))];
    if (serials.length > 1) return verdict("several-serials", null, { serials });
    if (good.length) return { ...good[0], kind: "serial-in-text" };
    const split = !verdicts.some(({ serial }) => serial) && acrossLines(lines);
    if (split) return split;
    const rank = ({ kind }) => mostHelpful.indexOf(kind);
    return verdicts.reduce((best, each) => (rank(each) < rank(best) ? each : best));
  }

  function acrossLines(lines) {
    const found = new Map();
    for (let second = 1; second < lines.length; second += 1) {
      const words = `${lines[second - 1].words} ${lines[second].words}`;
      const match = splitSerial.exec(words);
      if (match) found.set(joined(match), words);
    }
    if (found.size !== 1) return null;
    const [[serial, text]] = found;
    return verdict("serial-in-text", null, { text, serial });
  }

  function quote({ text, serial, lines }) {
    if (serial || lines.length) return "";
    const characters = [...text];
    return characters.length > limits.quote ? `${characters.slice(0, limits.quote - 1).join("")}…` : text;
  }

  function judge(text) {
    if ([...text.replaceAll("\r\n", "\n")].length > limits.characters) return verdict("too-long", null, { overLimit: true });
    const lines = text.split(lineEnd).map(tidy).filter(({ raw }) => raw);
    if (!lines.length) return verdict("empty");
    if (lines.length > limits.lines) return verdict("too-long", null, { overLimit: true });
    const verdicts = lines.map(readLine);
    if (verdicts.length === 1) return verdicts[0];
    const report = verdicts.map((each) => ({ text: each.text, kind: each.kind, serial: each.serial }));
    return { ...ofMany(lines, verdicts), lines: report };
  }

  return function read(text) {
    const found = judge(text);
    return { ...found, quote: quote(found) };
  };
}

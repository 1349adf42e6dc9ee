// guides/reader/ once more, for a phone without signal. All that it knows comes from there as data; here stands only
// how to go by it, function for function. Tests hold the readings of the two against each other, field by field.

// What Python calls a space, an invisible character, a decimal digit and a word. With "u" a character is a code point.
const SPACE = /[\t-\r\x1c-\x1f\x85\p{Z}]/u;
const INVISIBLE = /[\p{C}\p{M}]/u;
const MARK = /\p{M}/gu;
const DECIMAL = /\p{Nd}/u;
const DASH = /\p{Pd}/u;
const WORD = "[\\p{L}\\p{N}]+";

// The ten digits of a script stand together in Unicode, from zero up.
function decimal(character) {
  const code = character.codePointAt();
  let before = 0;
  while (DECIMAL.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

const joined = (match) => match.slice(1).join("").replaceAll(" ", "");
const distinct = (items) => [...new Map(items.map((item) => [String(item), item])).values()];
const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : null);

const regex = (pattern, flags = "") => new RegExp(pattern, `u${flags}`);

// A line -> the forms that rules and names look at. Takes the part "tidy" of the data.
export function tidier(known) {
  const label = regex(known.label);
  const apostrophe = regex(known.apostrophe, "g");
  const yearRange = regex(known.yearRange, "g");
  const words = regex(WORD, "g");
  const pieces = regex(`(${WORD})|(${known.dashesInARow})|${known.break}`, "g");

  function plain(character) {
    const form = [...character.normalize("NFKC")];
    if (form.length > 1 && form.length <= known.longestForm) return form.map(plain).join("");
    const one = form.length === 1 ? form[0] : character;
    if (SPACE.test(one)) return " ";
    if (INVISIBLE.test(one)) return "";
    if (DECIMAL.test(one)) return decimal(one);
    return DASH.test(one) || known.dashes.includes(one) ? "-" : one;
  }

  function tidy(line) {
    const characters = [...line];
    const forms = characters.map(plain);
    const typed = forms.join("").split(" ").filter(Boolean).join(" ");
    const upper = typed.toUpperCase();
    const raw = upper.replace(label, "") || upper;
    const inWords = (raw.match(words) ?? []).join(" ");
    const compact = inWords.replaceAll(" ", "");
    const changed = [
      upper !== typed,
      raw.includes(" "),
      raw.replaceAll(" ", "") !== compact,
      raw !== upper,
      forms.some((form, place) => form !== characters[place] && /[0-9]/.test(form)),
      forms.includes(""),
    ];
    const changes = known.changes.filter((_, place) => changed[place]);
    return { raw, words: inWords, compact, changes, sentence: sentence(raw) };
  }

  function sentence(raw) {
    const whole = raw.normalize("NFD").replace(MARK, "").replace(apostrophe, "").replace(yearRange, "$1$2 TO $3");
    const piece = ([all, word, dashes]) => word ?? (dashes ? "-" : all === ":" ? ":" : ",");
    const found = Array.from(whole.matchAll(pieces), piece);
    return ` , ${found.join(" ")} ,`;
  }

  return tidy;
}

export function reader(data) {
  const { limits, kinds, marks, meant, meantFirst, names, messages, severities, sold, plates, vin } = data;
  const rule = ([kind, on, pattern, ...also]) => ({ kind, on, also, regex: regex(pattern) });
  const tidy = tidier(data.tidy);
  const lineEnd = regex(data.tidy.lineEnd);
  const certainRules = data.certainRules.map(rule);
  const rules = data.rules.map(rule);
  const serialAmongWords = data.serialAmongWords.map((pattern) => regex(pattern, "g"));
  const splitSerial = regex(data.splitSerial);
  const knownAs = Object.keys(data.known);
  const known = regex(` (?:${knownAs.map((what) => `(${data.known[what]})`).join("|")})(?= )`, "g");
  const display = Object.fromEntries(Object.entries(data.display).map(([name, pattern]) => [name, regex(pattern, "g")]));
  const around = regex(data.display.around, "g");
  const identifier = regex(plates.identifier);
  const years = new Set(sold.flatMap((each) => each.years));
  const rank = (kind) => kinds.mostHelpful.indexOf(kind);

  // ---- One sentence -> what is in it

  function look(whole) {
    const seen = { kinds: [], radios: [], generations: [], cars: [], years: [], months: [], found: [] };
    const rest = whole.replace(known, (...match) => note(match, seen));
    const itself = meaning(alone(whole), messages);
    const left = alone(itself ? whole : rest);
    const sure = (pattern) => [...rest.matchAll(pattern)].filter(([, unsure]) => !unsure);
    const shown = [[left, left], ...sure(display.shown).map(([all, , word]) => [word, said(all, word)])];
    shown.push(...sure(display.plain).map(([, , loose, certain]) => [loose ?? certain, loose ?? certain]));
    const asked = [...rest.matchAll(display.everyday)].map(([, word]) => [word ?? "", word]);
    const named = (what, pairs) =>
      pairs.map(([word, saying]) => [what, meaning(word, messages), saying]).filter(([, slug]) => slug);
    seen.found.push(...named("message", shown), ...named("ask", asked));
    const slugs = (what) => seen.found.filter(([each]) => each === what).map(([, slug]) => slug);
    seen.messages = slugs("message");
    seen.asks = slugs("ask");
    if (seen.messages.length) seen.kinds.push("message");
    const isName = rest === ` , ${marks.known} ,` && [seen.radios, seen.generations, seen.cars].some((each) => each.length);
    return { ...seen, isExact: itself !== null || isName };
  }

  function note(match, seen) {
    const place = knownAs.findIndex((_, number) => match[number + 1] !== undefined);
    const text = match[place + 1];
    let what = knownAs[place];
    let mark = ` ${marks.known}`;
    if (what === "name") {
      const named = meaning(text, names);
      if (!named) return match[0];
      what = named[0];
      seen[what].push(named[1]);
      seen.found.push([what.slice(0, -1), named[1], text]);
    } else if (["vin", "plate", "age"].includes(what)) {
      const months = what === "vin" ? monthBuilt(text.replaceAll(" ", "")) : monthsNew(text);
      if (!months && what === "age") return match[0];
      if (months) {
        seen.months.push(months);
        seen.found.push(["months", months.join(" "), text]);
      }
    } else if (what === "year") {
      seen.years.push(...yearsOf(text));
      seen.found.push(["year", text, text]);
    } else if (what === "digits") {
      seen.fourDigits = true;
      seen.found.push(["digits", "", text]);
      mark = ` ${text.slice(0, -4)}${marks.beside}`;
    } else if (what === "keys") {
      mark = ` ${marks.beside}`;
    } else if (text === "FOCUS") {
      seen.isFocus = true;
    }
    if (what in kinds.seen) seen.kinds.push(kinds.seen[what]);
    return mark;
  }

  function alone(whole) {
    const left = whole.split(" ").filter((word) => !marks.noWords.includes(word)).join(" ");
    if (!left) return whole.includes(" - ") ? "-" : "";
    return meaning(left, messages) ? left : ` ${left}`.replace(around, "").trim();
  }

  function said(all, shown) {
    const before = all.slice(0, -shown.length).split(" ").filter(Boolean);
    const end = before.findLastIndex((word) => word === marks.beside || marks.noWords.includes(word));
    return [...before.slice(end + 1), shown].join(" ");
  }

  function meaning(text, meanings) {
    const key = text.replaceAll(" ", "");
    return own(meanings, key) ?? own(meanings, key.replace(/[0-9]/g, "#"));
  }

  function yearsOf(text) {
    const [first, other = first] = text.match(/[0-9]{2,4}/g).map(Number);
    const last = other < 100 ? other + 2000 : other;
    const between = last > first ? Array.from({ length: last - first + 1 }, (_, place) => first + place) : [first, last];
    return between.filter((year) => years.has(year));
  }

  function monthsNew(plate) {
    const match = identifier.exec(plate);
    return match && own(plates.ages, joined(match));
  }

  function monthBuilt(number) {
    const year = vin.firstYear + vin.years.indexOf(number[10]);
    const place = vin.cycle.indexOf(number[11]);
    if (!number.startsWith(vin.maker) || year < vin.firstYear || place < 0) return null;
    const turn = vin.cycle.length;
    const month = ((((place - 12 * (year - vin.cycleYear)) % turn) + turn) % turn) + 1;
    const built = `${year}-${String(month).padStart(2, "0")}`;
    return month > 12 ? null : [built, built];
  }

  // ---- What people ask about

  function topicsOf(whole) {
    const all = whole.split(" ");
    const exact = new Set(all);
    const occurs = (form) => (form.endsWith("*") ? all.some((word) => word.startsWith(form.slice(0, -1))) : exact.has(form));
    const asked = data.topics.phrases.filter(([, phrase]) => phrase.every((forms) => forms.some(occurs)));
    return asked.map(([topic, phrase]) => [phrase.length, topic]);
  }

  // ---- One line -> reading

  function reading(kind, line, more) {
    const text = line ? { text: line.raw, tidied: line.changes } : { text: "", tidied: [] };
    return { kind, ...text, serial: "", serials: [], swaps: [], also: [], lines: [], ...more };
  }

  function readLine(line) {
    const seen = look(line.sentence);
    const topics = topicsOf(line.sentence);
    const certain = byRule(certainRules, line);
    if (certain) return { ruled: certain, seen, topics };
    let ruled = byRule(rules, line);
    const other = topics.length || seen.asks.length ? "question" : "unknown";
    const kind = seen.kinds.reduce((best, each) => (rank(each) < rank(best) ? each : best), seen.kinds[0] ?? other);
    if (seen.isExact) {
      return { ruled: reading(kind, line, { also: ruled && ruled.kind !== kind ? [ruled.kind] : [] }), seen, topics };
    }
    if (!ruled || (!kinds.goodSerial.includes(ruled.kind) && rank(kind) < rank(ruled.kind))) ruled = reading(kind, line);
    return { ruled, seen, topics };
  }

  function byRule(among, line) {
    for (const each of among) {
      const match = each.regex.exec(line[each.on]);
      if (match) return conclude(each, joined(match), line);
    }
    return null;
  }

  function conclude({ kind, also }, serial, line) {
    const found = reading(kind, line, { also, serial });
    if (kind === "serial-in-text") {
      const matches = serialAmongWords.flatMap((among) => [...line.words.matchAll(among)]);
      const serials = distinct(matches.map(joined));
      return serials.length > 1 ? { ...found, kind: "several-serials", serial: "", serials } : found;
    }
    if (!serial || !["lookalike", "wrong-first-letter"].includes(kind)) return found;
    const right = (letter, place) => (kind === "lookalike" ? place && meant[letter] : !place && meantFirst[letter]) || letter;
    const correct = Array.from(serial, right);
    const swaps = Array.from(serial, (seen, place) => ({ position: place + 1, seen, meant: correct[place] }));
    return { ...found, serial: correct.join(""), swaps: swaps.filter((swap) => swap.seen !== swap.meant) };
  }

  // ---- The whole text

  function best(lines, readings) {
    const good = readings.filter(({ kind }) => kinds.goodSerial.includes(kind));
    const serials = distinct(good.flatMap((each) => (each.serials.length ? each.serials : each.serial)));
    if (serials.length > 1) return reading("several-serials", null, { serials });
    if (good.length) return { ...good[0], kind: "serial-in-text" };
    const split = !readings.some(({ serial }) => serial) && acrossLines(lines);
    return split || readings.reduce((first, each) => (rank(each.kind) < rank(first.kind) ? each : first));
  }

  function acrossLines(lines) {
    const found = new Map();
    for (let second = 1; second < lines.length; second += 1) {
      const text = `${lines[second - 1].words} ${lines[second].words}`;
      const match = splitSerial.exec(text);
      if (match) found.set(joined(match), text);
    }
    if (found.size !== 1) return null;
    const [[serial, text]] = found;
    return reading("serial-in-text", null, { text, serial });
  }

  function possible(called, inYears, inMonths) {
    const allowed = [
      sold.filter(({ slug }) => called.includes(slug)),
      sold.filter((each) => inYears.some((year) => each.years.includes(year))),
      sold.filter((each) => inMonths.some(([first, last]) => first <= each.last_month && last >= each.first_month)),
    ].filter((each) => each.length);
    const all = sold.filter((each) => allowed.length && allowed.every((some) => some.includes(each)));
    return (all.length ? all : sold.filter((each) => allowed.some((some) => some.includes(each)))).map(({ slug }) => slug);
  }

  function withEverythingSeen(leading, lines) {
    const all = (field) => distinct(lines.flatMap(({ seen }) => seen[field]));
    const worstFirst = (slugs) => severities.filter(([slug]) => slugs.includes(slug)).map(([slug]) => slug);
    const shown = all("messages");
    const worst = severities.findIndex(([slug]) => shown.includes(slug));
    const worse = (slug) => worst < 0 || severities.findIndex(([each]) => each === slug) < worst;
    const cars = all("cars");
    const isOther = cars.length && !lines.some(({ seen }) => seen.isFocus);
    const isGrave = severities.some(([slug, severity]) => shown.includes(slug) && kinds.leading.includes(severity));
    const asked = lines.flatMap(({ topics }) => topics).sort(([a, first], [b, second]) => b - a || first - second);
    return {
      ...leading,
      kind: isGrave ? "message" : leading.kind,
      serialKind: [...kinds.goodSerial, ...kinds.nearSerial].includes(leading.kind) ? leading.kind : null,
      messages: worstFirst(shown),
      asks: worstFirst(all("asks")).filter((slug) => worse(slug)),
      radios: all("radios"),
      cars,
      generations: isOther ? [] : possible(all("generations"), all("years"), all("months")),
      years: all("years").sort((a, b) => a - b),
      months: all("months"),
      found: all("found"),
      fourDigits: lines.some(({ seen, ruled }) => seen.fourDigits || ruled.kind === "keycode"),
      topics: distinct(asked.map(([, topic]) => data.topics.topics[topic])),
    };
  }

  function quote({ text, serial, lines }) {
    if (serial || lines.length) return "";
    const characters = [...text];
    return characters.length > limits.quote ? `${characters.slice(0, limits.quote - 1).join("")}…` : text;
  }

  function judge(text) {
    const nothing = (kind, overLimit = false) => ({ ...withEverythingSeen(reading(kind), []), serialKind: null, overLimit });
    if ([...text.replaceAll("\r\n", "\n")].length > limits.characters) return nothing("too-long", true);
    const lines = text.split(lineEnd).map(tidy).filter(({ raw }) => raw);
    if (!lines.length) return nothing("empty");
    if (lines.length > limits.lines) return nothing("too-long", true);
    const found = lines.map(readLine);
    const ruled = found.map((line) => line.ruled);
    const report = ruled.map((each) => ({ text: each.text, kind: each.kind, serial: each.serial }));
    const leading = lines.length === 1 ? ruled[0] : { ...best(lines, ruled), lines: report };
    return { ...withEverythingSeen(leading, found), overLimit: false };
  }

  return function read(text) {
    const found = judge(text);
    return { ...found, quote: quote(found) };
  };
}

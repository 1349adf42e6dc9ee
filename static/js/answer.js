// guides/public/answer.py once more, for a phone without signal: a reading and the site's rows in, the answer out,
// function for function and word for word. The rows, the words and what the rules go by come from there as data.
export function answering({ rows, words, rules, inside }) {
  const say = (group, name, values = {}) => words[group][name].replace(/%\((\w+)\)s/g, (_, key) => values[key]);
  const link = (label, { href = "", change = "", picture = "" }) => ({ label, href, change, picture });
  const to = (label, href) => link(label, { href });
  const changeOf = (line, out) => [...out.map((each) => `-${each}`), `+${line}`].join("\n");
  const keyOf = ([kind, slug]) => `${kind} ${slug}`;
  const rowOf = (topic) => rows.topics[keyOf(topic)];
  const shown = (message) => rules.shown[message.slug] ?? `display says ${message.display}`;
  const plate = (typed) => typed.split(" ").filter((word) => !rules.aroundAPlate.includes(word)).join(" ") || typed;
  const month = (text) => `${rules.months[text.slice(5) - 1]} ${text.slice(0, 4)}`;
  const known = (slugs, table) => slugs.filter((slug) => Object.hasOwn(table, slug)).map((slug) => table[slug]);
  const only = (list) => (list.length === 1 ? list[0] : null);
  const fitted = ({ generation = "", radio = "" }) =>
    rows.fitments.filter((row) => ["", row.generation].includes(generation) && ["", row.radio].includes(radio));

  return function answer(reading) {
    const { kind, serial, found } = reading;
    const radios = known(inside ? [inside[0]] : reading.radios, rows.radios);
    const radio = only(radios);
    const generations = known(inside?.[1] ? [inside[1]] : reading.generations, rows.generations);
    const generation = only(generations);
    const fitment = (radio && generation && fitted({ generation: generation.slug, radio: radio.slug })[0]) || null;
    const message = known(reading.messages, rows.messages)[0] ?? null;
    const isGrave = message !== null && rules.leading.includes(message.severity);
    const topics = reading.topics.filter((topic) => Object.hasOwn(rows.topics, keyOf(topic)));
    const onlyNames = rules.onlyNames.includes(kind);
    const topicLeads = onlyNames || (kind === "message" && message?.severity === "go");
    const ledBy = (topicLeads && topics[0]) || null;
    const leading = kind === "message" && !ledBy ? message : null;
    const told = found.filter(([what]) => what === "months").map(months);
    const isNamed = found.some(([what]) => what === "generation");
    const slugs = generations.map((row) => row.slug);
    const overlap = rows.overlaps.find((row) => `${row.earlier} ${row.later}` === slugs.join(" "));
    const sentence = sentenceOf();
    const questions = topics.filter(([what]) => what === "question");

    // ---- What to do

    function sentenceOf() {
      if (ledBy) return rowOf(ledBy).short;
      if (leading) return leading.action;
      if (reading.overLimit) return say("sentences", "over-limit", { characters: rules.maxLength });
      if (["serial", "serial-in-text"].includes(kind)) return say("sentences", "serial", { serial });
      if (kind === "question" && reading.cars.length) {
        const car = rows.cars[reading.cars[0]];
        return say("sentences", car.radios.length ? "other-car" : "car-without-guide", { car: car.name });
      }
      if (told.length && ["generation", "number-plate", "vin"].includes(kind)) return told[0];
      return ["radio-name", "generation", "year"].includes(kind) ? names() : say("sentences", kind);
    }

    function names() {
      const values = { radio: radio?.name, car: generation?.name ?? "" };
      if (inside && radio) return say("sentences", inside[1] && generation ? "this-guide" : "this-radio", values);
      if (radios.length > 1) return say("sentences", "several-radios");
      if (radio && generation) return say("sentences", fitment ? "guide" : "no-such-fitment", values);
      if (radio) return say("sentences", "radio-name", values);
      if (generation) return say("sentences", "generation", values);
      if (!generations.length) return say("sentences", "no-such-year");
      return say("sentences", overlap && !isNamed ? "year" : "unclear");
    }

    function* notes() {
      for (const swap of reading.swaps) yield say("notes", /\d/.test(swap.meant) ? "swap" : "swap-letter", swap);
      if (isGrave && serial && rules.goodSerial.includes(reading.serialKind)) yield say("notes", "serial", { serial });
      if (leading && isSpelledOtherwise()) yield leading.meaning;
      if (kind === "software-data") yield* otherKeys();
      if (serial && fitment) yield* usualLetter();
      yield* also();
      const isOther = inside && reading.radios.length && !reading.radios.includes(inside[0]);
      if (isOther && names() !== sentence) yield names();
      yield* told.filter((each) => each !== sentence);
      if (told.length && !ledBy && ["number-plate", "vin"].includes(kind)) yield say("sentences", kind);
      if (leading && radio && !radio.anchors.includes(`m-${leading.slug}`)) {
        yield say("notes", "other-radio", { radio: radio.name, display: leading.display });
      }
    }

    function isSpelledOtherwise() {
      const said = found.filter(([what, which]) => what === "message" && which === leading.slug);
      const typed = said.map(([, , each]) => each.replaceAll(/[ ,:]/g, ""));
      return !typed.some((word) => leading.names.some((name) => word.endsWith(name)));
    }

    function* otherKeys() {
      if (!radio) yield say("notes", "hold-2-6");
      else if (radio.serial_keys.length) {
        for (const keys of radio.serial_keys) if (keys !== "1 + 6") yield say("notes", "hold", { keys });
      } else if (radio.anchors.includes("label")) yield say("notes", "label-has-it");
    }

    function* usualLetter() {
      const usual = fitment.usual_letter;
      if (!usual) yield say("notes", "no-serial-here", { radio: rows.radios[fitment.radio].name });
      else if (usual !== serial[0]) yield say("notes", "usual-letter", { usual, seen: serial[0] });
    }

    function* also() {
      const may = (other) => reading.also.includes(other);
      if (may("number-plate")) yield say("notes", "plate-too");
      if (may("keycode")) yield say("notes", "keycode-too");
      if (kind !== "missing-letter") return;
      if (may("software-data")) yield say("notes", "software-too");
      else yield say("notes", may("navigation-serial") ? "navigation-too" : "digits-alone");
    }

    function months([, which, typed]) {
      const [first, last] = which.split(" ");
      const cars = generations.map((row) => row.name).join(" / ");
      const name = cars ? (first === last ? "month" : "months") : "months-no-car";
      return say("notes", name, { words: plate(typed), first: month(first), last: month(last), cars });
    }

    // ---- Where that stands

    function button() {
      if (rules.corrected.includes(kind) && serial) return confirm();
      if (ledBy) return buttonOfTopic();
      if (leading) return buttonOfMessage();
      if (["serial", "serial-in-text"].includes(kind)) return place("code");
      if (kind === "keycode") return place("enter");
      const navigation = rows.radios[rules.navigationRadio];
      if (kind === "navigation-serial" && navigation && !inside) return ofRadio(navigation, navigation.url);
      if (rules.toSerial.includes(kind)) return place("serial");
      if (rules.toLabel.includes(kind)) return place("label");
      if (kind === "vin") return ownGuide() ?? place("code");
      if (kind === "question" && reading.cars.length && !radio) {
        return to(say("buttons", "other-car"), rows.cars[reading.cars[0]].url);
      }
      return [...rules.onlyNames, "unknown"].includes(kind) ? ownGuide() : null;
    }

    function ofRadio(row, href) {
      return to(say("buttons", "radio", { radio: row.name }), href);
    }

    function confirm() {
      const seen = [...serial];
      for (const swap of reading.swaps) seen[swap.position - 1] = swap.seen;
      if ([kind, reading.serialKind].includes("extra-zero")) seen.splice(1, 0, "0");
      return link(say("buttons", "sure", { serial }), { change: `-${seen.join("")}\n+${serial}` });
    }

    function buttonOfTopic() {
      const row = rowOf(ledBy);
      const places = [row, ...topics.map(rowOf)].map((each) => knownPlace(each.anchor));
      const found = places.find(Boolean) ?? (message && knownPlace("restart"));
      if (found) return found;
      const single = rows.radios[row.only_radio];
      if (!radio && single) return ofRadio(single, `${single.url}#${row.anchor}`);
      if (onEachRadio(row)) return null;
      if (row.url) return to(ledBy[0] === "question" ? say("buttons", "questions") : row.name, row.url);
      return place(row.anchor);
    }

    function buttonOfMessage() {
      if (!isGrave && leading.anchor) {
        const restart = leading.anchor === "fuses" && knownPlace("restart");
        const next = restart || knownPlace(leading.anchor);
        if (next) return next;
      }
      const words = leading.is_literal ? "message" : "described";
      const label = say("buttons", words, { display: leading.display });
      const guide = ownGuide();
      const found = knownPlace(`m-${leading.slug}`);
      return found ? to(inside || !guide ? label : guide.label, found.href) : to(label, leading.url);
    }

    function ownGuide() {
      if (inside) return otherGuide(...inside);
      const values = { radio: radio?.name, car: generation?.name };
      if (fitment) return to(say("buttons", "guide", values), fitment.url);
      if (radio) return ofRadio(radio, radio.url);
      return generation && to(say("buttons", "generation", values), generation.url);
    }

    function otherGuide(ownRadio, ownGeneration) {
      const others = (read, own) => [read.filter((slug) => slug !== own), [own]].find((some) => some.length);
      const named = others(reading.radios, ownRadio);
      const cars = others(reading.generations, ownGeneration);
      if (named.length > 1 || cars.length > 1 || (named[0] === ownRadio && cars[0] === ownGeneration)) return null;
      const unit = rows.radios[named[0]];
      const [fits] = cars[0] ? fitted({ radio: unit.slug, generation: cars[0] }) : [];
      if (!fits) return unit.slug === ownRadio ? null : ofRadio(unit, unit.url);
      return to(say("buttons", "guide", { radio: unit.name, car: rows.generations[cars[0]].name }), fits.url);
    }

    function place(anchor) {
      const found = knownPlace(anchor);
      if (found) return found;
      if (["code", "card"].includes(anchor)) return to(say("buttons", "code"), rows.pages.get_the_code);
      if (generation && !radio) return to(say("buttons", "generation", { car: generation.name }), generation.url);
      return to(say("buttons", "radios"), rows.pages.radios);
    }

    function knownPlace(anchor) {
      const guide = fitment ?? radio;
      if (!anchor || !guide?.anchors.includes(anchor)) return null;
      const label = say("buttons", anchor.startsWith("m-") ? "messages" : anchor);
      return to(label, inside ? `#${anchor}` : `${guide.url}#${anchor}`);
    }

    // ---- What was understood

    function* understood() {
      if (serial && rules.goodSerial.includes(reading.serialKind)) yield link(serial, { change: `-${serial}` });
      const all = new Map();
      for (const [what, which, typed] of found) {
        const name = `${what} ${which}`;
        if (!all.has(name)) all.set(name, { what, which, said: [] });
        all.get(name).said.push(typed);
      }
      for (const { what, which, said } of all.values()) {
        const [label, picture] = labelOf(what, which, said[0]);
        const longestFirst = [...said].sort((a, b) => b.length - a.length);
        if (label) yield link(label, { change: longestFirst.map((each) => `-${each}`).join("\n"), picture });
      }
      if (kind === "keycode" && !found.some(([what]) => what === "digits")) {
        yield link(say("taken", "digits"), { change: `-${reading.text}` });
      }
    }

    function labelOf(what, which, typed) {
      const table = { message: rows.messages, radio: rows.radios, generation: rows.generations, car: rows.cars }[what];
      const row = table && Object.hasOwn(table, which) ? table[which] : null;
      if (what === "message" && row) return [row.display, row.is_literal ? "display" : ""];
      if (what === "generation" && row) return [say("taken", "generation", { name: row.name }), ""];
      if (row) return [row.name, ""];
      if (what === "year") return [which.replace(" TO ", "–"), ""];
      if (what === "months") return [plate(typed), ""];
      return [what === "digits" ? say("taken", "digits") : "", ""];
    }

    // ---- What is missing

    function missing() {
      const ask = (question, choices, others = []) => ({ question, choices, others });
      if (kind === "several-serials") return ask(say("asks", "serials"), reading.serials.map(onlySerial));
      if (serial && rules.corrected.includes(reading.serialKind)) {
        const again = to(say("asks", "look-again"), place("serial").href);
        return ask(say("sentences", isGrave ? "sure" : "other", { serial }), isGrave ? [confirm()] : [], [again]);
      }
      const asks = known(reading.asks, rows.messages);
      const asked = !isGrave && asks.find((row) => rules.leading.includes(row.severity) || (!ledBy && onlyNames));
      if (asked) return display(asked);
      const each = ledBy && onEachRadio(rowOf(ledBy));
      if (each) return each;
      if (inside?.[1]) return message || serial ? null : whatItShows();
      if (inside && generation) return null;
      if (!radio && (serial || reading.cars.length || radios.length > 1 || generation)) return whichRadio();
      if (!generation && !reading.cars.length) return whichCar();
      if (radio && generation && !fitment) return whichRadio();
      return message || serial || reading.topics.length ? null : whatItShows();

      function onlySerial(each) {
        const others = reading.serials.filter((other) => other !== each);
        return link(each, { change: others.map((other) => `-${other}`).join("\n") });
      }

      function display(row) {
        const typed = found.filter(([what, which]) => what === "ask" && which === row.slug);
        const out = typed.map(([, , each]) => `-${each}`).join("\n");
        const likelier = row.slug === "code" ? ["wait", rules.dark] : ["code", rules.dark];
        const others = known(likelier, rows.messages).filter((other) => other.slug !== row.slug);
        const isDark = (other) => other.slug === rules.dark;
        const no = (other) => say("asks", isDark(other) ? "no-dark" : "no-says", { display: other.display });
        return ask(say("asks", isDark(row) ? "dark" : row.is_literal ? "says" : "described", { display: row.display }), [
          link(say("asks", "yes"), { change: `+${shown(row)}` }),
          ...others.map((other) => link(no(other), { change: `${out}\n+${rules.shown[other.slug]}` })),
          link(say("asks", "no"), { change: out }),
        ]);
      }

      function whichRadio() {
        let among = radios.map((row) => row.slug);
        if (among.length < 2) {
          if (generation) among = fitted({ generation: generation.slug }).map((row) => row.radio);
          else if (reading.cars.length) among = rows.cars[reading.cars[0]].radios;
          else among = Object.values(rows.radios).filter((row) => row.has_code).map((row) => row.slug);
        }
        const out = found.filter(([what]) => what === "radio").map(([, , typed]) => typed);
        const choices = among.map((slug) =>
          link(rows.radios[slug].name, { change: changeOf(rows.radios[slug].name, out), picture: `radio ${slug}` }),
        );
        return ask(say("asks", "radio"), choices, [to(say("asks", "other-radio"), rows.pages.radios)]);
      }

      function whichCar() {
        const others = [to(say("asks", "find"), `${rows.pages.find_my_focus}#cars`)];
        if (overlap) {
          const choices = [car(slugs[0], overlap.earlier_answer), car(slugs[1], overlap.later_answer)];
          return ask(overlap.question, choices, others);
        }
        let among = slugs;
        if (!among.length && radio) among = fitted({ radio: radio.slug }).map((row) => row.generation);
        if (!among.length) among = Object.keys(rows.generations);
        if (!radio) others.push(to(say("asks", "only-radio"), rows.pages.radios));
        return ask(say("asks", "car"), among.map((slug) => car(slug)), others);
      }

      function car(slug, look = "") {
        const { name, years } = rows.generations[slug];
        const told = found.filter(([what]) => ["generation", "year", "months"].includes(what));
        const out = told.filter(([, which]) => isNamed && which !== slug).map(([, , typed]) => typed);
        const change = changeOf(say("taken", "generation", { name }), out);
        return link(look ? `${look}: ${name}` : `${name} ${years}`, { change, picture: `car ${slug}` });
      }

      function whatItShows() {
        const choices = Object.entries(rules.shown)
          .filter(([slug]) => slug in rows.messages && (!radio || radio.has_code || slug === rules.dark))
          .map(([slug, line]) => {
            const label = slug === rules.dark ? say("asks", "dark-chip") : rows.messages[slug].display;
            return link(label, { change: `+${line}`, picture: slug === rules.dark ? "" : "display" });
          });
        const other = inside && knownPlace("messages") ? "#messages" : rows.pages.messages;
        return ask(say("asks", "message"), choices, [to(say("asks", "other-message"), other)]);
      }
    }

    function onEachRadio(row) {
      if (row.url || radio || row.only_radio in rows.radios) return null;
      const guides = generation
        ? fitted({ generation: generation.slug }).map((each) => [each.radio, each])
        : Object.entries(rows.radios);
      const choices = guides
        .filter(([, guide]) => guide.anchors.includes(row.anchor))
        .map(([slug, { url }]) =>
          link(rows.radios[slug].name, { href: `${url}#${row.anchor}`, picture: `radio ${slug}` }),
        );
      return choices.length ? { question: say("asks", "radio"), choices, others: [] } : null;
    }

    const exits = ["unknown", "empty"].includes(kind) ? Object.entries(rules.exits) : [];
    const suggested = questions.filter((topic) => topic !== ledBy).slice(0, rules.mostQuestions).map(rowOf);
    return {
      verdict: kind,
      serial,
      messages: reading.messages,
      asks: reading.asks,
      radio: radio?.slug ?? "",
      generations: slugs,
      questions: questions.map(([, slug]) => slug),
      guide: fitment?.url ?? "",
      alert: isGrave ? message : null,
      question: ledBy?.[0] === "question" ? rowOf(ledBy).name : "",
      sentence,
      more: leading?.action_more ?? "",
      notes: [...notes()],
      button: button() ?? null,
      understood: [...understood()],
      missing: missing(),
      suggestions: suggested.map(({ name, url, short }) => ({ label: name, href: url, short })),
      exits: exits.map(([name, page]) => to(say("asks", name), rows.pages[page])),
    };
  };
}

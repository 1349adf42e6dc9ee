// guides/public/answer.py once more, for a phone without signal: a reading in, the card out, as plain data. Rows, words
// and tables come from there; here stands only how to go by them, name for name. The phone has no pictures.

export function answerer({ rows, words, tables, inside }) {
  const { kinds } = tables;
  const { messages: allMessages, radios: allRadios, generations: allGenerations, cars, fitments, topics } = rows;

  const say = (group, name, values = {}) =>
    words[group][name].replace(/%(?:%|\((\w+)\)s)/g, (_, value) => (value ? values[value] : "%"));
  const go = (label, href) => ({ label, href });
  const change = (label, out, line = "") => {
    const lines = [...out.map((each) => `-${each}`), ...(line ? [`+${line}`] : [])];
    return { label, change: lines.join("\n") };
  };
  const fitted = ({ generation, radio }) =>
    fitments.filter((row) => (!generation || row.generation === generation) && (!radio || row.radio === radio));
  const key = ([kind, slug]) => `${kind} ${slug}`;
  const known = (table, slugs) => slugs.filter((slug) => Object.hasOwn(table, slug)).map((slug) => table[slug]);
  const only = (list) => (list.length === 1 ? list[0] : null);
  const isGrave = (message) => message !== null && tables.leading.includes(message.severity);
  const shownLine = (message) => tables.shown[message.slug] ?? `display says ${message.display}`;
  const month = (text) => `${tables.months[Number(text.slice(5)) - 1]} ${text.slice(0, 4)}`;
  const plate = (text) => text.split(" ").filter((word) => !tables.aroundAPlate.includes(word)).join(" ") || text;

  return function answer(reading) {
    // ---- Which car, which radio

    const radios = inside ? known(allRadios, [inside.radio]) : known(allRadios, reading.radios);
    const generations = known(allGenerations, inside?.generation ? [inside.generation] : reading.generations);
    const radio = only(radios);
    const generation = only(generations);
    const fitment = (radio && generation && fitted({ generation: generation.slug, radio: radio.slug })[0]) ?? null;
    const found = (what) => reading.found.filter(([each]) => each === what);
    const isNamed = found("generation").length > 0;
    const overlap = rows.overlaps.find(
      ({ earlier, later }) => generations.length === 2 && earlier === generations[0].slug && later === generations[1].slug,
    );
    const is = (...some) => some.includes(reading.kind);

    // ---- What to do

    const message = known(allMessages, reading.messages)[0] ?? null;
    const knownTopics = reading.topics.filter((topic) => Object.hasOwn(topics, key(topic)));
    const rowOf = (topic) => topics[key(topic)];
    const topicMayLead = is(...kinds.onlyNames) || (is("message") && message?.severity === "go");
    const topic = topicMayLead ? (knownTopics[0] ?? null) : null;
    const leading = is("message") && !topic ? message : null;
    const toldMonths = found("months").map(monthsOf);

    function sentenceOf() {
      if (topic) return rowOf(topic).short;
      if (leading) return leading.action;
      if (reading.overLimit) return say("sentences", "over-limit", { characters: tables.characters });
      if (is("serial", "serial-in-text")) return say("sentences", "serial", { serial: reading.serial });
      if (is("question") && reading.cars.length) {
        const car = cars[reading.cars[0]];
        return say("sentences", car.radios.length ? "other-car" : "car-without-guide", { car: car.name });
      }
      if (toldMonths.length && is("generation", "number-plate", "vin")) return toldMonths[0];
      return is("radio-name", "generation", "year") ? names() : say("sentences", reading.kind);
    }

    function names() {
      const values = { radio: radio?.name, car: generation?.name ?? "" };
      if (inside && radio) return say("sentences", inside.generation && generation ? "this-guide" : "this-radio", values);
      if (radios.length > 1) return say("sentences", "several-radios");
      if (radio && generation) return say("sentences", fitment ? "guide" : "no-such-fitment", values);
      if (radio) return say("sentences", "radio-name", values);
      if (generation) return say("sentences", "generation", values);
      if (!generations.length) return say("sentences", "no-such-year");
      return say("sentences", overlap && !isNamed ? "year" : "unclear");
    }

    function* notes() {
      for (const swap of reading.swaps) yield say("notes", /^[0-9]$/.test(swap.meant) ? "swap" : "swap-letter", swap);
      if (isGrave(message) && reading.serial && kinds.goodSerial.includes(reading.serialKind)) {
        yield say("notes", "serial", { serial: reading.serial });
      }
      if (leading && isSpelledOtherwise(leading)) yield leading.meaning;
      if (is("software-data")) yield* otherKeys();
      if (reading.serial && fitment) yield* usualLetter();
      yield* alsoRead();
      const isOther = inside && reading.radios.length && !reading.radios.includes(inside.radio);
      if (isOther && names() !== sentence) yield names();
      yield* toldMonths.filter((told) => told !== sentence);
      if (reading.months.length && !topic && is("number-plate", "vin")) yield say("sentences", reading.kind);
      if (leading && radio && !radio.anchors.includes(`m-${leading.slug}`)) {
        yield say("notes", "other-radio", { radio: radio.name, display: leading.display });
      }
    }

    function isSpelledOtherwise({ slug, names: spellings }) {
      const read = found("message").filter(([, which]) => which === slug);
      const said = read.map(([, , text]) => text.replaceAll(" ", ""));
      return !said.some((text) => spellings.some((spelling) => text.endsWith(spelling)));
    }

    function* otherKeys() {
      if (!radio) yield say("notes", "hold-2-6");
      else if (radio.serial_keys.length) {
        for (const keys of radio.serial_keys) if (keys !== "1 + 6") yield say("notes", "hold", { keys });
      } else if (radio.anchors.includes("label")) yield say("notes", "label-has-it");
    }

    function* usualLetter() {
      const usual = fitment.usual_letter;
      const seen = reading.serial[0];
      if (!usual) yield say("notes", "no-serial-here", { radio: allRadios[fitment.radio].name });
      else if (usual !== seen) yield say("notes", "usual-letter", { usual, seen });
    }

    function* alsoRead() {
      const also = (kind) => reading.also.includes(kind);
      if (also("number-plate")) yield say("notes", "plate-too");
      if (also("keycode")) yield say("notes", "keycode-too");
      if (!is("missing-letter")) return;
      if (also("software-data")) yield say("notes", "software-too");
      else yield say("notes", also("navigation-serial") ? "navigation-too" : "digits-alone");
    }

    function monthsOf([, which, text]) {
      const [first, last] = which.split(" ");
      const inCars = generations.map(({ name }) => name).join(" / ");
      const name = inCars ? (first === last ? "month" : "months") : "months-no-car";
      return say("notes", name, { words: plate(text), first: month(first), last: month(last), cars: inCars });
    }

    // ---- Where that stands

    function buttonOf() {
      if (is(...kinds.corrected) && reading.serial) return confirm();
      if (topic) return buttonOfTopic(topic);
      if (leading) return buttonOfMessage(leading);
      if (is("serial", "serial-in-text")) return place("code");
      if (is("keycode")) return place("enter");
      const navigation = allRadios[tables.navigationRadio];
      if (is("navigation-serial") && navigation && !inside) return guideOfRadio(navigation);
      if (is(...kinds.toSerial)) return place("serial");
      if (is(...kinds.toLabel)) return place("label");
      if (is("vin")) return ownGuide() ?? place("code");
      if (is("question") && reading.cars.length && !radio) {
        const car = cars[reading.cars[0]];
        return go(say("buttons", "other-car", { car: car.name }), car.url);
      }
      return is(...kinds.onlyNames, "unknown") ? ownGuide() : null;
    }

    function confirm() {
      const seen = [...reading.serial];
      for (const swap of reading.swaps) seen[swap.position - 1] = swap.seen;
      if ([reading.kind, reading.serialKind].includes("extra-zero")) seen.splice(1, 0, "0");
      return change(say("buttons", "sure", { serial: reading.serial }), [seen.join("")], reading.serial);
    }

    function buttonOfTopic(asked) {
      const row = rowOf(asked);
      const places = [row, ...knownTopics.map(rowOf)].map(({ anchor }) => knownPlace(anchor));
      const inGuide = places.find(Boolean) ?? (message && knownPlace("restart"));
      if (inGuide) return inGuide;
      const other = allRadios[row.only_radio];
      if (!radio && other) return go(say("buttons", "radio", { radio: other.name }), `${other.url}#${row.anchor}`);
      if (onEachRadio(row)) return null;
      if (row.url) return go(asked[0] === "question" ? say("buttons", "questions") : row.name, row.url);
      return place(row.anchor);
    }

    function buttonOfMessage(shown) {
      if (!isGrave(message) && shown.anchor) {
        const toGuide = (shown.anchor === "fuses" && knownPlace("restart")) || knownPlace(shown.anchor);
        if (toGuide) return toGuide;
      }
      const label = shown.is_literal ? say("buttons", "message", { display: shown.display }) : say("buttons", "described");
      const guide = ownGuide();
      const there = knownPlace(`m-${shown.slug}`);
      return there ? go(inside || !guide ? label : guide.label, there.href) : go(label, shown.url);
    }

    function guideOfRadio(unit) {
      return go(say("buttons", "radio", { radio: unit.name }), unit.url);
    }

    function ownGuide() {
      if (inside) return otherGuide(inside.radio, inside.generation);
      if (fitment) return go(say("buttons", "guide", { radio: radio.name, car: generation.name }), fitment.url);
      if (radio) return guideOfRadio(radio);
      return generation && go(say("buttons", "generation", { car: generation.name }), generation.url);
    }

    function otherGuide(ownRadio, ownGeneration) {
      const others = (slugs, own) => (slugs.some((slug) => slug !== own) ? slugs.filter((slug) => slug !== own) : [own]);
      const inRadios = others(reading.radios, ownRadio);
      const inGenerations = others(reading.generations, ownGeneration);
      if (inRadios.length > 1 || inGenerations.length > 1) return null;
      const [[itsRadio], [itsGeneration]] = [inRadios, inGenerations];
      if (itsRadio === ownRadio && itsGeneration === ownGeneration) return null;
      const unit = allRadios[itsRadio];
      const [first] = itsGeneration ? fitted({ radio: itsRadio, generation: itsGeneration }) : [];
      if (first) {
        return go(say("buttons", "guide", { radio: unit.name, car: allGenerations[itsGeneration].name }), first.url);
      }
      return itsRadio === ownRadio ? null : guideOfRadio(unit);
    }

    function place(anchor) {
      const there = knownPlace(anchor);
      if (there) return there;
      if (anchor === "code" || anchor === "card") return go(say("buttons", "code"), tables.exits["get-the-code"]);
      if (generation && !radio) return go(say("buttons", "generation", { car: generation.name }), generation.url);
      return go(say("buttons", "radios"), tables.exits["all-radios"]);
    }

    function knownPlace(anchor) {
      const guide = fitment ?? radio;
      if (!anchor || !guide?.anchors.includes(anchor)) return null;
      const label = say("buttons", anchor.startsWith("m-") ? "messages" : anchor);
      return go(label, inside ? `#${anchor}` : `${guide.url}#${anchor}`);
    }

    // ---- What was understood

    function* understood() {
      if (reading.serial && kinds.goodSerial.includes(reading.serialKind)) yield change(reading.serial, [reading.serial]);
      const all = new Map();
      for (const [what, which, text] of reading.found) {
        const same = `${what} ${which}`;
        all.set(same, { what, which, said: [...(all.get(same)?.said ?? []), text] });
      }
      for (const { what, which, said } of all.values()) {
        const label = labelOf(what, which, said[0]);
        const isDisplay = what === "message" && allMessages[which]?.is_literal;
        const longestFirst = [...said].sort((one, other) => other.length - one.length);
        if (label) yield { ...change(label, longestFirst), isDisplay };
      }
      if (is("keycode") && !found("digits").length) yield change(say("taken", "digits"), [reading.text]);
    }

    function labelOf(what, which, text) {
      if (what === "message") return allMessages[which]?.display;
      if (what === "radio") return allRadios[which]?.name;
      if (what === "generation") return which in allGenerations && say("taken", what, { name: allGenerations[which].name });
      if (what === "car") return cars[which]?.name;
      if (what === "year") return which.replaceAll(" TO ", "–");
      if (what === "months") return plate(text);
      return what === "digits" && say("taken", what);
    }

    // ---- What is missing

    function missing() {
      if (is("several-serials")) return ask(say("asks", "serials"), reading.serials.map(onlySerial));
      if (reading.serial && kinds.corrected.includes(reading.serialKind)) {
        const again = go(say("asks", "look-again"), place("serial").href);
        return ask(say("sentences", "sure", { serial: reading.serial }), isGrave(message) ? [confirm()] : [], [again]);
      }
      const asked = known(allMessages, reading.asks).find((row) => tables.leading.includes(row.severity) || !topic);
      if (!isGrave(message) && asked) return whetherItShows(asked);
      const onRadios = topic && onEachRadio(rowOf(topic));
      if (onRadios) return onRadios;
      if (inside?.generation) return message || reading.serial ? null : whatItShows();
      if (inside && generation) return null;
      const isCar = reading.cars.length > 0;
      if (!radio && (reading.serial || isCar || radios.length > 1 || generation)) return whichRadio();
      if (!generation && !isCar) return whichCar();
      if (radio && generation && !fitment) return whichRadio();
      return message || reading.serial || reading.topics.length ? null : whatItShows();
    }

    function ask(question, choices, others = []) {
      return { question, choices, others };
    }

    function onEachRadio(row) {
      if (row.url || radio || row.only_radio in allRadios) return null;
      const guides = generation
        ? fitted({ generation: generation.slug }).map((each) => [each.radio, each])
        : Object.entries(allRadios);
      const having = guides.filter(([, guide]) => guide.anchors.includes(row.anchor));
      const choices = having.map(([slug, guide]) => go(allRadios[slug].name, `${guide.url}#${row.anchor}`));
      return choices.length ? ask(say("asks", "radio"), choices) : null;
    }

    function onlySerial(serial) {
      return change(serial, reading.serials.filter((each) => each !== serial));
    }

    function whetherItShows(asked) {
      const { dark, shown } = tables;
      const out = reading.found.filter(([what, which]) => what === "ask" && which === asked.slug).map(([, , text]) => text);
      const likelier = [asked.slug === "code" ? "wait" : "code", dark];
      const others = likelier.filter((slug) => slug in allMessages && slug !== asked.slug);
      const no = (slug) =>
        slug === dark ? say("asks", "no-dark") : say("asks", "no-says", { display: allMessages[slug].display });
      const name = asked.slug === dark ? "dark" : asked.is_literal ? "says" : "described";
      return ask(say("asks", name, { display: asked.display }), [
        change(say("asks", "yes"), [], shownLine(asked)),
        ...others.map((slug) => change(no(slug), out, shown[slug])),
        change(say("asks", "no"), out),
      ]);
    }

    function whichRadio() {
      const slugs = () => {
        if (radios.length > 1) return radios.map(({ slug }) => slug);
        if (generation) return fitted({ generation: generation.slug }).map((row) => row.radio);
        if (reading.cars.length) return cars[reading.cars[0]].radios;
        return Object.keys(allRadios).filter((slug) => allRadios[slug].has_code);
      };
      const out = found("radio").map(([, , text]) => text);
      const choices = slugs().map((slug) => change(allRadios[slug].name, out, allRadios[slug].name));
      return ask(say("asks", "radio"), choices, [go(say("asks", "other-radio"), tables.exits["all-radios"])]);
    }

    function whichCar() {
      const slugs = generations.map(({ slug }) => slug);
      const others = [go(say("asks", "find"), "/find-my-focus/#cars")];
      if (overlap) {
        const looks = [overlap.earlier_answer, overlap.later_answer];
        return ask(overlap.question, slugs.map((slug, place) => carOf(slug, looks[place])), others);
      }
      if (!slugs.length && radio) slugs.push(...fitted({ radio: radio.slug }).map((row) => row.generation));
      if (!radio) others.push(go(say("asks", "only-radio"), tables.exits["all-radios"]));
      const choices = (slugs.length ? slugs : Object.keys(allGenerations)).map((slug) => carOf(slug));
      return ask(say("asks", "car"), choices, others);
    }

    function carOf(slug, look = "") {
      const { name, years } = allGenerations[slug];
      const told = reading.found.filter(([what]) => ["generation", "year", "months"].includes(what));
      const out = told.filter(([, which]) => isNamed && which !== slug).map(([, , text]) => text);
      return change(look ? `${look}: ${name}` : `${name} ${years}`, out, say("taken", "generation", { name }));
    }

    function whatItShows() {
      const { dark, shown } = tables;
      const slugs = Object.keys(shown).filter((slug) => slug in allMessages && (!radio || radio.has_code || slug === dark));
      const label = (slug) => (slug === dark ? say("asks", "dark-chip") : allMessages[slug].display);
      const choices = slugs.map((slug) => ({ ...change(label(slug), [], shown[slug]), isDisplay: slug !== dark }));
      const other = inside && knownPlace("messages") ? "#messages" : tables.exits["all-messages"];
      return ask(say("asks", "message"), choices, [go(say("asks", "other-message"), other)]);
    }

    const sentence = sentenceOf();
    const others = reading.topics.filter((each) => each[0] === "question" && each !== topic);
    return {
      data: {
        verdict: reading.kind,
        serial: reading.serial,
        messages: reading.messages.join(" "),
        asks: reading.asks.join(" "),
        radio: radio?.slug ?? "",
        generations: generations.map(({ slug }) => slug).join(" "),
        questions: reading.topics.filter(([kind]) => kind === "question").map(([, slug]) => slug).join(" "),
        guide: fitment?.url ?? "",
      },
      serial: reading.serial,
      alert: isGrave(message) ? message : null,
      question: topic?.[0] === "question" ? rowOf(topic).name : "",
      sentence,
      more: leading?.action_more ?? "",
      notes: [...notes()],
      button: buttonOf(),
      understood: [...understood()],
      missing: missing(),
      suggestions: others.slice(0, tables.mostQuestions).map(rowOf),
      exits: is("unknown", "empty")
        ? Object.entries(tables.exits).map(([name, href]) => go(say("asks", name), href))
        : [],
    };
  };
}

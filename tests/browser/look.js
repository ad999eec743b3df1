// What a person with poor sight, a keyboard or a screen reader would stumble over on this page. Returns sentences.
() => {
  const said = [];
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const seen = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getClientRects().length > 0;
  const shade = (element) => {
    let share = 1;
    for (let e = element; e; e = e.parentElement) share *= Number(getComputedStyle(e).opacity);
    return share;
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !seen(element) || element.matches("script, style, noscript") || element.closest("[aria-hidden=true], [disabled], [data-testid=stIconMaterial]")) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 2) continue;
    const behind = ground(element);
    const [r, g, b, a] = rgba(style.color);
    const [one, two] = [light(over([r, g, b, a * shade(element)], behind)), light(behind)].sort((x, y) => y - x);
    const ratio = (one + 0.05) / (two + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5) - 0.01) said.push(`contrast ${ratio.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`);
  }

  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].filter(seen).map((e) => Number(e.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) said.push(`headings of the first rank: ${levels}`);
  levels.forEach((level, at) => at && level > levels[at - 1] + 1 && said.push(`heading h${level} after h${levels[at - 1]}`));

  for (const e of document.querySelectorAll("button, input:not([type=file]), textarea, [role=radio], [role=button], [role=combobox]")) {
    if (!seen(e) || e.closest("[aria-hidden=true]")) continue;
    const named = e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.labels?.[0]?.innerText || e.innerText || e.title;
    if (!named?.trim()) said.push(`no name: ${e.outerHTML.slice(0, 120)}`);
  }
  const wide = document.querySelector("[data-testid=stMain]");
  if (wide.scrollWidth > wide.clientWidth + 1) said.push(`wider than the screen: ${wide.scrollWidth} on ${wide.clientWidth}`);
  return said;
}

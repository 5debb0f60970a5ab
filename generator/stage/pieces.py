# ruff: noqa: E501  (drawings read no better wrapped)
"""Drawings of our own for what OpenMoji lacks: 100 units tall, standing at the origin, y downwards."""

from __future__ import annotations

__all__ = ["PIECES"]

_OUT = 'stroke="#000" stroke-width="1.4" stroke-linejoin="round"'
PIECES: dict[str, str] = {
    "wall": f'<rect x="-95" y="-100" width="190" height="100" fill="#b8664e" {_OUT}/>' + "".join(f'<path d="M-95,{y} L95,{y}" stroke="#5e3020" stroke-width="1.2"/>' for y in (-80, -60, -40, -20)) + "".join(f'<path d="M{x + (19 if row % 2 else 0)},{-100 + 20 * row} v20" stroke="#5e3020" stroke-width="1.2"/>' for row in range(5) for x in range(-76, 90, 38)),
    "hedge": f'<path d="M-90,0 L-92,-70 Q-84,-94 -66,-88 Q-52,-104 -34,-92 Q-16,-106 2,-93 Q22,-104 38,-91 Q58,-102 70,-87 Q90,-90 92,-66 L90,0 Z" fill="#4f9a41" {_OUT}/>' + "".join(f'<path d="M{x},{y} q6,-9 12,0" fill="none" stroke="#2f6a2c" stroke-width="2"/>' for x, y in ((-70, -60), (-40, -74), (-10, -54), (22, -70), (50, -50), (-56, -28), (0, -22), (40, -24), (68, -66))),
    "domino": "".join(f'<g transform="translate({x} 0) skewX(-6)"><rect x="-15" y="-100" width="30" height="100" rx="4" fill="#f6f1e6" {_OUT}/><path d="M-15,-50 L15,-50" stroke="#000" stroke-width="1.4"/><circle cx="-6" cy="-80" r="4"/><circle cx="6" cy="-66" r="4"/><circle cx="0" cy="-25" r="4"/></g>' for x in (-52, -10, 32)),
    "slinky": "".join(f'<ellipse cx="{-36 + 3.1 * k:.1f}" cy="{-14 - 60 * (1 - ((k - 12) / 12) ** 2):.1f}" rx="17" ry="9" fill="none" stroke="#000" stroke-width="4.6"/><ellipse cx="{-36 + 3.1 * k:.1f}" cy="{-14 - 60 * (1 - ((k - 12) / 12) ** 2):.1f}" rx="17" ry="9" fill="none" stroke="{("#4a86d0", "#d1453b", "#f4c531")[k % 3]}" stroke-width="2.6"/>' for k in range(25)),
    "spinning-top": f'<path d="M-3,-100 h6 v26 h-6 Z" fill="#8a5a35" {_OUT}/><path d="M-46,-62 Q-46,-78 0,-78 Q46,-78 46,-62 Q40,-34 4,-8 L0,0 L-4,-8 Q-40,-34 -46,-62 Z" fill="#d1453b" {_OUT}/><path d="M-45,-58 Q0,-44 45,-58 L41,-46 Q0,-32 -41,-46 Z" fill="#f4c531" {_OUT}/><path d="M-30,-31 Q0,-21 30,-31 L20,-20 Q0,-12 -20,-20 Z" fill="#4a86d0" {_OUT}/>',
    "snuffer": f'<path d="M-14,-36 L60,-96 L66,-90 L-6,-28 Z" fill="#c3a04a" {_OUT}/><path d="M-36,0 Q-34,-44 -10,-48 Q14,-44 16,0 Z" fill="#d8b45a" {_OUT}/>',
    "sandcastle": f'<path d="M-70,0 L-64,-44 L64,-44 L70,0 Z" fill="#e3c27a" {_OUT}/>' + "".join(f'<path d="M{x - 18},-40 L{x - 15},-{h} h7 v-7 h6 v7 h5 v-7 h6 v7 h7 L{x + 18},-40 Z" fill="#edd293" {_OUT}/>' for x, h in ((-48, 62), (0, 84), (48, 62))) + f'<path d="M-12,0 L-12,-18 Q0,-32 12,-18 L12,0 Z" fill="#8a6a35" {_OUT}/><path d="M0,-91 v-9 l14,4 l-14,4" fill="#d1453b" {_OUT}/>',
    "scarecrow": f'<path d="M-3,0 h6 v-60 h-6 Z" fill="#8a5a35" {_OUT}/><path d="M-44,-62 L44,-62 L40,-52 L16,-50 L20,-18 L-20,-18 L-16,-50 L-40,-52 Z" fill="#4a86d0" {_OUT}/><circle cx="0" cy="-74" r="13" fill="#edd293" {_OUT}/><path d="M-24,-84 L24,-84 L12,-88 L6,-100 L-6,-100 L-12,-88 Z" fill="#8a5a35" {_OUT}/><path d="M-6,-76 h3 M3,-76 h3 M-6,-68 q6,4 12,0" fill="none" {_OUT}/>',
    "swing": f'<path d="M-62,0 L-44,-98 M-26,0 L-44,-98 M62,0 L44,-98 M26,0 L44,-98 M-50,-98 L50,-98" fill="none" stroke="#d1453b" stroke-width="6" stroke-linecap="round"/><path d="M-12,-97 L-12,-28 M12,-97 L12,-28" stroke="#000" stroke-width="2"/><rect x="-18" y="-30" width="36" height="7" fill="#8a5a35" {_OUT}/>',
    "vacuum": f'<path d="M-90,0 L-92,-40 Q-80,-82 0,-86 Q80,-82 92,-40 L90,0 Z" fill="#3f3f46" {_OUT}/><path d="M-84,-44 Q-72,-76 0,-80 Q72,-76 84,-44 Q0,-60 -84,-44 Z" fill="#777d88" {_OUT}/><circle cx="0" cy="-66" r="9" fill="#57c7c1" {_OUT}/><path d="M-60,0 v7 h26 v-7 M34,0 v7 h26 v-7" fill="#222" {_OUT}/>',
    "hurdle": f'<path d="M-60,0 L-60,-84 M60,0 L60,-84 M-76,-2 L-44,-2 M44,-2 L76,-2" stroke="#55585e" stroke-width="6"/><rect x="-72" y="-100" width="144" height="22" fill="#fff" {_OUT}/>' + "".join(f'<rect x="{x}" y="-100" width="18" height="22" fill="#d1453b"/>' for x in (-72, -36, 0, 36)),
    "podium": f'<path d="M-34,0 L-26,-72 L26,-72 L34,0 Z" fill="#a5713f" {_OUT}/><path d="M-40,-72 L-34,-92 L34,-92 L40,-72 Z" fill="#8a5a35" {_OUT}/><path d="M0,-92 q4,-4 10,-8" fill="none" {_OUT}/>',
    "conveyor": f'<path d="M-120,-58 h240 q14,0 14,14 t-14,14 h-240 q-14,0 -14,-14 t14,-14 Z" fill="#3f3f46" {_OUT}/>' + "".join(f'<circle cx="{x}" cy="-44" r="9" fill="#9aa5b1" {_OUT}/>' for x in (-116, -58, 0, 58, 116)) + '<path d="M-90,-30 v30 M90,-30 v30" stroke="#55585e" stroke-width="9"/>',
    "button": f'<rect x="-50" y="-44" width="100" height="44" rx="6" fill="#9aa5b1" {_OUT}/><path d="M-34,-44 v-20 q0,-32 34,-32 t34,32 v20 Z" fill="#d1453b" {_OUT}/><path d="M-20,-74 q6,-14 20,-14" fill="none" stroke="#fff" stroke-width="4"/>',
    "lid": f'<path d="M-70,0 Q-66,-60 0,-64 Q66,-60 70,0 Z" fill="#c3c8ce" {_OUT}/><path d="M-78,-6 h156 v10 h-156 Z" fill="#9aa5b1" {_OUT}/><circle cx="0" cy="-76" r="13" fill="#3f3f46" {_OUT}/>',
    "bow-tie": f'<path d="M0,-50 L-70,-94 L-70,-6 Z M0,-50 L70,-94 L70,-6 Z" fill="#d1453b" {_OUT}/><rect x="-14" y="-66" width="28" height="32" rx="8" fill="#a52f28" {_OUT}/>',
    "grass": "".join(f'<path d="M{x},0 q{-4 + (x * 7) % 9},-{60 + (x * 13) % 36} {-8 + (x * 5) % 17},-{70 + (x * 13) % 30} q2,{34} {8},{70 + (x * 13) % 30} Z" fill="{("#5c9e31", "#7db842", "#4a8a34")[x % 3]}" stroke="#000" stroke-width="1"/>' for x in range(-70, 66, 7)),
    "rug": f'<ellipse cx="0" cy="-50" rx="360" ry="50" fill="#b3483f" {_OUT}/><ellipse cx="0" cy="-50" rx="300" ry="38" fill="none" stroke="#f4d9a0" stroke-width="8"/>',
    "wardrobe": f'<rect x="-40" y="-100" width="80" height="96" fill="#a5713f" {_OUT}/><path d="M0,-100 v96 M-36,-4 v4 M36,-4 v4" {_OUT}/><path d="M-34,-92 h28 v78 h-28 Z M6,-92 h28 v78 h-28 Z" fill="none" {_OUT}/><circle cx="-5" cy="-50" r="2.4"/><circle cx="5" cy="-50" r="2.4"/>',
    "basin": f'<path d="M-14,-58 L-9,0 L9,0 L14,-58 Z" fill="#e8eef0" {_OUT}/><path d="M-46,-82 L46,-82 Q44,-54 0,-54 Q-44,-54 -46,-82 Z" fill="#fff" {_OUT}/><path d="M0,-82 v-16 h12" fill="none" stroke="#9aa5b1" stroke-width="5"/>',
    "plinth": f'<path d="M-40,0 L-40,-12 L-32,-12 L-32,-88 L-40,-88 L-40,-100 L40,-100 L40,-88 L32,-88 L32,-12 L40,-12 L40,0 Z" fill="#e8e2d4" {_OUT}/>',
    "beam": '<path d="M-6,-100 L6,-100 L44,0 L-44,0 Z" fill="#fff3c0" opacity=".22"/><ellipse cx="0" cy="0" rx="44" ry="6" fill="#fff3c0" opacity=".35"/>',
    "hoop": f'<rect x="-4" y="-70" width="8" height="70" fill="#6d7683" {_OUT}/><rect x="-26" y="-100" width="52" height="36" fill="#fff" {_OUT}/><rect x="-10" y="-86" width="20" height="14" fill="none" stroke="#d1453b" stroke-width="2"/><ellipse cx="0" cy="-66" rx="12" ry="3.4" fill="none" stroke="#e27022" stroke-width="3"/><path d="M-11,-65 L-7,-50 L7,-50 L11,-65" fill="none" stroke="#fff" stroke-width="1.5"/>',
    "barbell": '<path d="M-130,-45 h260" stroke="#9aa5b1" stroke-width="9"/>' + "".join(f'<rect x="{x}" y="-{h / 2 + 45}" width="17" height="{h}" rx="4" fill="#3f3f46" {_OUT}/>' for x, h in ((-112, 90), (-92, 66), (76, 66), (96, 90))),
    "airliner": f'<path d="M-150,-36 Q-176,-44 -176,-52 Q-170,-62 -140,-64 L110,-64 Q160,-60 172,-46 Q168,-30 140,-28 L-110,-28 Z" fill="#f4f6f8" {_OUT}/><path d="M-150,-62 L-172,-100 L-146,-100 L-112,-64 Z" fill="#4a86d0" {_OUT}/><path d="M-20,-36 L-76,-14 L-50,-12 L40,-34 Z" fill="#c3ccd4" {_OUT}/>' + "".join(f'<rect x="{x}" y="-55" width="8" height="9" rx="3" fill="#7fb2d8"/>' for x in range(-110, 120, 18)) + f'<path d="M138,-58 q20,2 26,8 h-26 Z" fill="#7fb2d8" {_OUT}/><circle cx="-30" cy="-7" r="7" fill="#222"/><circle cx="-14" cy="-7" r="7" fill="#222"/><circle cx="120" cy="-7" r="7" fill="#222"/><path d="M-22,-28 v16 M120,-28 v16" stroke="#55585e" stroke-width="4"/>',
    "tower": f'<path d="M-9,0 L-6,-74 L6,-74 L9,0 Z" fill="#d8d2c4" {_OUT}/><path d="M-20,-92 L20,-92 L14,-74 L-14,-74 Z" fill="#7fb2d8" {_OUT}/><rect x="-21" y="-96" width="42" height="5" fill="#55585e" {_OUT}/><path d="M0,-96 v-4" {_OUT}/>',
    "pool": f'<path d="M-330,-8 L-270,-92 L270,-92 L330,-8 Z" fill="#4fb4de" {_OUT}/><path d="M-250,-70 q30,-12 60,0 M-60,-60 q30,-12 60,0 M120,-74 q30,-12 60,0 M-160,-32 q30,-12 60,0 M60,-28 q30,-12 60,0 M200,-40 q30,-12 60,0" stroke="#fff" stroke-width="5" fill="none"/><path d="M250,-100 q-2,-34 14,-34 q14,0 12,34 v44 M284,-100 q-2,-34 14,-34 q14,0 12,34 v44" fill="none" stroke="#dfe6ea" stroke-width="7"/>',
    "canopy": f'<path d="M-80,-100 L80,-100 L70,-88 L-70,-88 Z" fill="#7d4a3a" {_OUT}/><rect x="-4" y="-88" width="8" height="88" fill="#55585e" {_OUT}/><path d="M-4,-70 L-30,-88 M4,-70 L30,-88" stroke="#55585e" stroke-width="4"/>',
    "floodlight": f'<rect x="-1.6" y="-84" width="3.2" height="84" fill="#6d7683" {_OUT}/><rect x="-13" y="-100" width="26" height="17" fill="#55585e" {_OUT}/>' + "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="#fff3c0"/>' for x in (-8, 0, 8) for y in (-95, -88)),
    "watertank": f'<path d="M-22,0 L-16,-46 M22,0 L16,-46 M-20,-20 L18,-34 M20,-20 L-18,-34" stroke="#55585e" stroke-width="3"/><rect x="-26" y="-84" width="52" height="40" fill="#a5713f" {_OUT}/><path d="M-26,-70 h52 M-26,-57 h52" stroke="#5e3b20" stroke-width="2"/><path d="M-29,-84 L0,-100 L29,-84 Z" fill="#7c5230" {_OUT}/>',
    "chimney": f'<rect x="-22" y="-92" width="44" height="92" fill="#b8664e" {_OUT}/><rect x="-27" y="-100" width="54" height="12" fill="#8a4a38" {_OUT}/><path d="M-22,-66 h44 M-22,-44 h44 M-22,-22 h44" stroke="#5e3020" stroke-width="1.4"/>',
    "crater": '<ellipse cx="0" cy="-50" rx="210" ry="50" fill="#000" opacity=".25"/><ellipse cx="0" cy="-40" rx="190" ry="38" fill="#fff" opacity=".12"/>',
    "stalactite": f'<path d="M-16,-100 L-4,-14 L0,0 L5,-16 L17,-100 Z" fill="#4a4340" {_OUT}/>',
    "baseball-bat": f'<path d="M-44,-6 L-36,0 L34,-78 Q48,-92 40,-98 Q32,-104 20,-90 Z" fill="#c8955a" {_OUT}/><path d="M-48,-10 L-34,4" stroke="#000" stroke-width="7" stroke-linecap="round"/>',
    "bench": '<path d="M-74,0 v-46 M74,0 v-46 M-66,-44 v-52 M66,-44 v-52" stroke="#3f3f46" stroke-width="7"/>' + "".join(f'<rect x="-86" y="{y}" width="172" height="13" rx="3" fill="#a5713f" {_OUT}/>' for y in (-100, -82, -64)) + f'<rect x="-92" y="-50" width="184" height="12" rx="3" fill="#b98a5a" {_OUT}/>',
    "stairs": f'<path d="M-80,0 L-80,-20 L-48,-20 L-48,-40 L-16,-40 L-16,-60 L16,-60 L16,-80 L48,-80 L48,-100 L80,-100 L80,0 Z" fill="#b9a98f" {_OUT}/><path d="M-80,-14 h32 M-48,-34 h32 M-16,-54 h32 M16,-74 h32 M48,-94 h32" stroke="#7c6f5c" stroke-width="4"/>',
    "thermos": f'<rect x="-19" y="-80" width="38" height="80" rx="6" fill="#4a86d0" {_OUT}/><rect x="-19" y="-62" width="38" height="10" fill="#dfe6ea" {_OUT}/><path d="M-14,-80 v-16 q0,-4 4,-4 h20 q4,0 4,4 v16 Z" fill="#c3c8ce" {_OUT}/>',
    "hole": f'<ellipse cx="0" cy="-50" rx="190" ry="50" fill="#7c5a38" {_OUT}/><ellipse cx="0" cy="-40" rx="160" ry="38" fill="#2b1c10"/>',
    "watering-can": f'<path d="M40,-40 L84,-86 L92,-78 L44,-18 Z" fill="#5c9e31" {_OUT}/><path d="M78,-94 L100,-72" stroke="#000" stroke-width="5"/><path d="M-34,0 L-38,-62 L40,-62 L44,0 Z" fill="#6fae42" {_OUT}/><path d="M-38,-52 Q-78,-44 -36,-10 M-24,-62 Q0,-104 28,-62" fill="none" stroke="#000" stroke-width="8"/><path d="M-38,-52 Q-78,-44 -36,-10 M-24,-62 Q0,-104 28,-62" fill="none" stroke="#5c9e31" stroke-width="5"/>',
    "parking-meter": f'<rect x="-3" y="-60" width="6" height="60" fill="#9aa5b1" {_OUT}/><path d="M-17,-58 L-17,-82 Q-17,-100 0,-100 Q17,-100 17,-82 L17,-58 Z" fill="#55585e" {_OUT}/><path d="M-11,-76 Q-11,-93 0,-93 Q11,-93 11,-76 Z" fill="#e8f0ea" {_OUT}/><rect x="-5" y="-70" width="10" height="3" fill="#f4c531"/>',
    "fridge": f'<rect x="-26" y="-100" width="52" height="97" rx="5" fill="#dfe6ea" {_OUT}/><path d="M-26,-66 L26,-66 M-18,-84 L-18,-74 M-18,-56 L-18,-34" fill="none" {_OUT}/><path d="M-20,-3 L-20,0 M20,-3 L20,0" {_OUT}/>',
    "oven": f'<rect x="-46" y="-100" width="92" height="100" rx="4" fill="#e4e4e2" {_OUT}/><rect x="-34" y="-62" width="68" height="44" rx="4" fill="#3f3f46" {_OUT}/><path d="M-34,-70 L34,-70" fill="none" {_OUT}/>' + "".join(f'<circle cx="{x}" cy="-86" r="5" fill="#9b9b9a" {_OUT}/>' for x in (-30, -10, 10, 30)),
    # Pieces of our own, 100 units tall, standing at the origin.
    "lighthouse": (
        f'<path d="M-14,0 L-9,-72 L9,-72 L14,0 Z" fill="#fff" {_OUT}/><path d="M-12.5,-20 L-11,-40 L11,-40 L12.5,-20 Z" fill="#d1453b"/>'
        f'<path d="M-9.7,-60 L-9,-72 L9,-72 L9.7,-60 Z" fill="#d1453b"/><rect x="-11" y="-76" width="22" height="4" fill="#55585e" {_OUT}/>'
        f'<rect x="-6.5" y="-89" width="13" height="13" fill="#ffe27a" {_OUT}/><path d="M-9,-89 L0,-100 L9,-89 Z" fill="#d1453b" {_OUT}/>'
    ),
    "streetlamp": (
        f'<rect x="-1.5" y="-92" width="3" height="92" fill="#3f3f46" {_OUT}/><path d="M-6,-92 L6,-92 L4,-100 L-4,-100 Z" fill="#ffe27a" {_OUT}/>'
        f'<rect x="-4" y="-3" width="8" height="3" fill="#3f3f46" {_OUT}/>'
    ),
    "bookcase": (
        f'<rect x="-45" y="-100" width="90" height="100" fill="#8a5a35" {_OUT}/>'
        + "".join(
            f'<rect x="-41" y="{y}" width="82" height="20" fill="#5e3b20"/>'
            + "".join(
                f'<rect x="{-40 + k * 6.7:.1f}" y="{y + 3 + (k * 7 + y) % 5}" width="5.6" height="{17 - (k * 7 + y) % 5}" '
                f'fill="{("#d1453b", "#4a86d0", "#5c9e31", "#f4c531", "#8967aa", "#e8e0d0")[(k * 5 + int(y)) % 6]}" stroke="#000" stroke-width=".6"/>'
                for k in range(12)
            )
            for y in (-96, -72, -48, -24)
        )
    ),
    "counter": (
        f'<rect x="-150" y="-100" width="300" height="16" fill="#a5713f" {_OUT}/><rect x="-144" y="-84" width="288" height="84" fill="#7c5230" {_OUT}/>'
        + "".join(f'<rect x="{x}" y="-72" width="60" height="60" fill="#8f6138" {_OUT}/>' for x in (-134, -64, 6, 76))
    ),
    "cupboards": (
        f'<rect x="-120" y="-46" width="240" height="46" fill="#e9e2d2" {_OUT}/><rect x="-124" y="-52" width="248" height="7" fill="#b98a5a" {_OUT}/>'
        + "".join(f'<rect x="{x}" y="-40" width="50" height="36" fill="#f6f1e6" {_OUT}/><circle cx="{x + 44}" cy="-22" r="2" fill="#777"/>' for x in (-114, -58, 8, 64))
        + f'<rect x="-118" y="-100" width="80" height="28" fill="#f6f1e6" {_OUT}/><rect x="40" y="-100" width="80" height="28" fill="#f6f1e6" {_OUT}/>'
    ),
    "table": (
        f'<rect x="-80" y="-100" width="160" height="12" fill="#a5713f" {_OUT}/><rect x="-70" y="-88" width="10" height="88" fill="#8a5a35" {_OUT}/>'
        f'<rect x="60" y="-88" width="10" height="88" fill="#8a5a35" {_OUT}/>'
    ),
    "board": (
        f'<rect x="-80" y="-100" width="160" height="76" fill="#8a5a35" {_OUT}/><rect x="-74" y="-95" width="148" height="66" fill="#2f5d46"/>'
        '<path d="M-60,-80 h50 M-60,-68 h80 M-60,-56 h40" stroke="#e8f0ea" stroke-width="2"/>'
    ),
    "fireplace": (
        f'<rect x="-60" y="-84" width="120" height="84" fill="#b0614a" {_OUT}/><rect x="-66" y="-94" width="132" height="11" fill="#d8cdbb" {_OUT}/>'
        f'<path d="M-34,0 L-34,-40 Q0,-66 34,-40 L34,0 Z" fill="#2b211d" {_OUT}/>'
        '<path d="M-16,0 Q-20,-20 -6,-30 Q-4,-18 2,-36 Q18,-18 14,0 Z" fill="#f4912b"/><path d="M-8,0 Q-8,-14 1,-20 Q9,-10 7,0 Z" fill="#ffd75a"/>'
    ),
    "curtain": (
        '<path d="M-100,-100 L100,-100 L100,-84 Q75,-72 50,-84 Q25,-72 0,-84 Q-25,-72 -50,-84 Q-75,-72 -100,-84 Z" fill="#9c1f2e" stroke="#000" stroke-width="1"/>'
        '<path d="M-100,-92 L-70,-92 Q-78,-40 -92,0 L-100,0 Z M100,-92 L70,-92 Q78,-40 92,0 L100,0 Z" fill="#b3283a" stroke="#000" stroke-width="1"/>'
    ),
    "lockers": "".join(f'<rect x="{x}" y="-100" width="26" height="100" fill="#7f9bb3" {_OUT}/><path d="M{x + 6},-86 h14 M{x + 6},-80 h14" stroke="#000" stroke-width="1.2"/>' for x in (-80, -54, -28, -2, 24, 50)),
    "seats": "".join(f'<path d="M{x},0 L{x},-70 Q{x},-100 {x + 24},-100 L{x + 36},-100 Q{x + 60},-100 {x + 60},-70 L{x + 60},0 Z" fill="#3f6fa8" {_OUT}/><rect x="{x + 12}" y="-96" width="36" height="16" rx="5" fill="#e8e8ea" {_OUT}/>' for x in (-140, -68, 8, 80)),
    "column": f'<rect x="-16" y="-8" width="32" height="8" fill="#d8d2c4" {_OUT}/><rect x="-11" y="-90" width="22" height="82" fill="#e8e2d4" {_OUT}/><rect x="-16" y="-100" width="32" height="10" fill="#d8d2c4" {_OUT}/>',
    "pane": f'<path d="M-18,0 L-18,-70 Q0,-112 18,-70 L18,0 Z" fill="#7fb2d8" {_OUT}/><path d="M0,-95 L0,0 M-18,-35 L18,-35 M-18,-65 L18,-65" stroke="#000" stroke-width="1.4"/><path d="M-16,-37 L-1,-37 L-1,-63 L-16,-63 Z" fill="#d1453b"/><path d="M1,-2 L16,-2 L16,-33 L1,-33 Z" fill="#f4c531"/>',
    "console": f'<path d="M-110,0 L-100,-60 L100,-60 L110,0 Z" fill="#5a6472" {_OUT}/>' + "".join(f'<rect x="{x}" y="-52" width="34" height="22" fill="{c}" {_OUT}/>' for x, c in ((-90, "#57c7c1"), (-46, "#8fe08a"), (-2, "#57c7c1"), (44, "#f4c531"))) + "".join(f'<circle cx="{x}" cy="-16" r="4" fill="{c}" stroke="#000"/>' for x, c in ((-80, "#d1453b"), (-60, "#f4c531"), (-40, "#8fe08a"), (0, "#d1453b"), (30, "#8fe08a"), (60, "#f4c531"))),
    "porthole": f'<circle cx="0" cy="-50" r="44" fill="#9aa5b1" {_OUT}/><circle cx="0" cy="-50" r="35" fill="#101a38" {_OUT}/><circle cx="-12" cy="-60" r="1.6" fill="#fff"/><circle cx="10" cy="-40" r="1.2" fill="#fff"/><circle cx="16" cy="-66" r="1.8" fill="#fff"/><circle cx="-6" cy="-36" r="9" fill="#4a86d0"/>',
    "fence": "".join(f'<path d="M{x},0 L{x},-80 L{x + 7},-100 L{x + 14},-80 L{x + 14},0 Z" fill="#e8dcc4" {_OUT}/>' for x in range(-140, 140, 26)) + f'<rect x="-146" y="-66" width="290" height="9" fill="#d8caac" {_OUT}/><rect x="-146" y="-30" width="290" height="9" fill="#d8caac" {_OUT}/>',
    "waterfall": f'<path d="M-70,0 L-62,-92 Q-40,-102 -20,-94 L20,-94 Q40,-102 62,-92 L72,0 Z" fill="#7d7a74" {_OUT}/><path d="M-22,-95 L22,-95 Q26,-40 30,0 L-30,0 Q-26,-40 -22,-95 Z" fill="#a9dcf3"/><path d="M-12,-90 Q-15,-40 -17,0 M0,-92 L0,0 M12,-90 Q15,-40 17,0" stroke="#fff" stroke-width="2.4" fill="none"/><ellipse cx="0" cy="0" rx="42" ry="7" fill="#e8f6fc"/>',
    "pond": f'<ellipse cx="0" cy="-50" rx="190" ry="50" fill="#6fb7dd" {_OUT}/><path d="M-110,-60 q20,-10 40,0 M20,-40 q20,-10 40,0 M-40,-30 q20,-10 40,0 M70,-66 q20,-10 40,0" stroke="#fff" stroke-width="4" fill="none"/>',
    "rock": f'<path d="M-60,0 L-48,-60 L-12,-100 L30,-84 L58,-36 L64,0 Z" fill="#8a8680" {_OUT}/><path d="M-12,-100 L-4,-50 L-30,0" fill="none" stroke="#000" stroke-width="1.2" opacity=".5"/>',
    "weed": '<path d="M0,0 C-14,-24 12,-42 -2,-66 C-10,-82 2,-92 0,-100 C12,-84 2,-76 8,-62 C18,-40 -2,-24 8,0 Z" fill="#3f8f5a" stroke="#000" stroke-width="1"/>',
    "stall": f'<rect x="-62" y="-46" width="124" height="46" fill="#a5713f" {_OUT}/><rect x="-58" y="-88" width="4" height="44" fill="#5e3b20"/><rect x="54" y="-88" width="4" height="44" fill="#5e3b20"/>' + "".join(f'<path d="M{x},-88 L{x + 22},-88 L{x + 22},-74 Q{x + 11},-64 {x},-74 Z" fill="{c}" {_OUT}/>' for x, c in zip(range(-66, 60, 22), ("#d1453b", "#fff") * 3, strict=False)),
}  # fmt: skip
"""Name → SVG markup."""

#!/usr/bin/env python3
"""Writes cities.tsv and regions.tsv from GeoNames (CC BY 4.0).

usage: make_cities.py GEONAMES_DIR COUNTRY_CODES_CSV OUT_DIR

Kept are places of 15,000 people or more, capitals of countries and, from 2,000 people, of first-level divisions.
"""
import csv, json, sys, unicodedata

MIN_POPULATION = 15000
HEAD = """# {what} of GeoNames (https://www.geonames.org), CC BY 4.0; made by scripts/lexicons/make_cities.py
# {columns}
# Licence: CC BY 4.0, GeoNames
"""


def plain(name):
    s = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return s.replace("‘", "'").replace("’", "'").replace("ʻ", "'").replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("đ", "d")


def main(geonames, countries, out):
    rows = []
    for r in csv.DictReader(open(f"{geonames}/cities1000.tsv", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        people = int(r["population"] or 0); code = r["feature_code"]
        if people >= MIN_POPULATION or code == "PPLC" or (code == "PPLA" and people >= 2000):
            if code in ("PPLX", "PPLH", "PPLW", "PPLQ", "PPLCH") or len(r["name"]) < 3:
                continue
            rows.append((plain(r["name"]), r["country"], r["admin1"], people // 1000, "C" if code == "PPLC" else "A" if code == "PPLA" else "",
                         f"{float(r['lat']):.3f}", f"{float(r['lon']):.3f}", r["geonameid"]))
    rows.sort(key=lambda r: (r[0], -r[3], r[7]))
    with open(f"{out}/cities.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="Towns", columns="name, country, first-level division, thousands of people, C capital or A seat of a division, latitude, longitude, GeoNames id"))
        f.writelines("\t".join(map(str, r)) + "\n" for r in rows)
    regions = sorted({(plain(r["name"]), r["code"]) for r in json.load(open(f"{geonames}/admin1.json", encoding="utf-8")) if len(r["name"]) > 2})
    with open(f"{out}/regions.tsv", "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="First-level divisions", columns="name, GeoNames division code"))
        f.writelines("\t".join(r) + "\n" for r in regions)
    with open(f"{out}/countries.tsv", "w", encoding="utf-8") as f:
        f.write("# Countries and territories; made by scripts/lexicons/make_cities.py from the country-codes data set (Public Domain\n"
                "# Dedication and License): name, ISO 3166 code, capital, GeoNames id\n"
                "# Licence: PDDL 1.0 (country codes), CC BY 4.0 (GeoNames ids)\n")
        for r in sorted(csv.DictReader(open(countries, encoding="utf-8")), key=lambda r: r["CLDR display name"]):
            if r["CLDR display name"]:
                f.write("\t".join([plain(r["CLDR display name"]).replace("&", "and"), r["ISO3166-1-Alpha-2"], plain(r["Capital"]), r["Geoname ID"]]) + "\n")
    print(len(rows), "towns", len(regions), "regions")


main(*sys.argv[1:])

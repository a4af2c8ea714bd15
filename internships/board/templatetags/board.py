from django import template

from internships.board import deeds, words

register = template.Library()

register.filter("pay_words", words.pay)
register.filter("hours_words", words.hours)
register.filter("dates_words", words.dates)
register.filter("language_words", words.languages)
register.filter("place_words", words.place)
register.filter("openings_words", words.openings)
register.filter("years_words", words.years)
register.filter("credit_words", words.credit)
register.filter("costs_words", words.costs)
register.filter("abroad_words", words.from_abroad)
register.filter("notices", words.notices)
register.filter("age_gap", words.age_gap)
register.filter("time_left", words.time_left)
register.filter("told", deeds.told)

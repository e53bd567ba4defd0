"""The day all questions of these tests are asked on, unless they say another."""

from datetime import date

TODAY = date(2026, 11, 22)

package workday

import "time"

// EnglandAndWales returns the bank and public holidays of England and Wales as
// published, from 1 January 2019 to 31 December 2028: DUE-7, substitute and
// one-off days included. It is the same Calendar every time.
func EnglandAndWales() *Calendar { return &englandAndWales }

var englandAndWales = Calendar{
	from: 2019<<9 | key(time.January)<<5 | 1,
	to:   2028<<9 | key(time.December)<<5 | 31,
	years: []year{
		2019 - 2019: {time.January - 1: 1 << 1, time.April - 1: 1<<19 | 1<<22, time.May - 1: 1<<6 | 1<<27, time.August - 1: 1 << 26, time.December - 1: 1<<25 | 1<<26},
		2020 - 2019: {time.January - 1: 1 << 1, time.April - 1: 1<<10 | 1<<13, time.May - 1: 1<<8 | 1<<25, time.August - 1: 1 << 31, time.December - 1: 1<<25 | 1<<28},
		2021 - 2019: {time.January - 1: 1 << 1, time.April - 1: 1<<2 | 1<<5, time.May - 1: 1<<3 | 1<<31, time.August - 1: 1 << 30, time.December - 1: 1<<27 | 1<<28},
		2022 - 2019: {time.January - 1: 1 << 3, time.April - 1: 1<<15 | 1<<18, time.May - 1: 1 << 2, time.June - 1: 1<<2 | 1<<3, time.August - 1: 1 << 29, time.September - 1: 1 << 19, time.December - 1: 1<<26 | 1<<27},
		2023 - 2019: {time.January - 1: 1 << 2, time.April - 1: 1<<7 | 1<<10, time.May - 1: 1<<1 | 1<<8 | 1<<29, time.August - 1: 1 << 28, time.December - 1: 1<<25 | 1<<26},
		2024 - 2019: {time.January - 1: 1 << 1, time.March - 1: 1 << 29, time.April - 1: 1 << 1, time.May - 1: 1<<6 | 1<<27, time.August - 1: 1 << 26, time.December - 1: 1<<25 | 1<<26},
		2025 - 2019: {time.January - 1: 1 << 1, time.April - 1: 1<<18 | 1<<21, time.May - 1: 1<<5 | 1<<26, time.August - 1: 1 << 25, time.December - 1: 1<<25 | 1<<26},
		2026 - 2019: {time.January - 1: 1 << 1, time.April - 1: 1<<3 | 1<<6, time.May - 1: 1<<4 | 1<<25, time.August - 1: 1 << 31, time.December - 1: 1<<25 | 1<<28},
		2027 - 2019: {time.January - 1: 1 << 1, time.March - 1: 1<<26 | 1<<29, time.May - 1: 1<<3 | 1<<31, time.August - 1: 1 << 30, time.December - 1: 1<<27 | 1<<28},
		2028 - 2019: {time.January - 1: 1 << 3, time.April - 1: 1<<14 | 1<<17, time.May - 1: 1<<1 | 1<<29, time.August - 1: 1 << 28, time.December - 1: 1<<25 | 1<<26},
	},
}

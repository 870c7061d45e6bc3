package workday

import "time"

// EnglandAndWales returns the published bank and public holidays of England and
// Wales from 1 January 2019 to 31 December 2028: DUE-7, substitute and one-off
// days included. It returns the same Calendar every time.
func EnglandAndWales() *Calendar { return &englandAndWales }

// englandAndWales gives the holidays of each month and the weekday on which the
// month begins. Each line holds six months.
var englandAndWales = Calendar{
	from: 2019<<9 | key(time.January)<<5 | 1,
	to:   2028<<9 | key(time.December)<<5 | 31,
	months: []month{
		// 2019
		tue | 1<<1, fri | has28, fri, mon | has30 | 1<<19 | 1<<22, wed | 1<<6 | 1<<27, sat | has30,
		mon, thu | 1<<26, sun | has30, tue, fri | has30, sun | 1<<25 | 1<<26,
		// 2020
		wed | 1<<1, sat | has29, sun, wed | has30 | 1<<10 | 1<<13, fri | 1<<8 | 1<<25, mon | has30,
		wed, sat | 1<<31, tue | has30, thu, sun | has30, tue | 1<<25 | 1<<28,
		// 2021
		fri | 1<<1, mon | has28, mon, thu | has30 | 1<<2 | 1<<5, sat | 1<<3 | 1<<31, tue | has30,
		thu, sun | 1<<30, wed | has30, fri, mon | has30, wed | 1<<27 | 1<<28,
		// 2022
		sat | 1<<3, tue | has28, tue, fri | has30 | 1<<15 | 1<<18, sun | 1<<2, wed | has30 | 1<<2 | 1<<3,
		fri, mon | 1<<29, thu | has30 | 1<<19, sat, tue | has30, thu | 1<<26 | 1<<27,
		// 2023
		sun | 1<<2, wed | has28, wed, sat | has30 | 1<<7 | 1<<10, mon | 1<<1 | 1<<8 | 1<<29, thu | has30,
		sat, tue | 1<<28, fri | has30, sun, wed | has30, fri | 1<<25 | 1<<26,
		// 2024
		mon | 1<<1, thu | has29, fri | 1<<29, mon | has30 | 1<<1, wed | 1<<6 | 1<<27, sat | has30,
		mon, thu | 1<<26, sun | has30, tue, fri | has30, sun | 1<<25 | 1<<26,
		// 2025
		wed | 1<<1, sat | has28, sat, tue | has30 | 1<<18 | 1<<21, thu | 1<<5 | 1<<26, sun | has30,
		tue, fri | 1<<25, mon | has30, wed, sat | has30, mon | 1<<25 | 1<<26,
		// 2026
		thu | 1<<1, sun | has28, sun, wed | has30 | 1<<3 | 1<<6, fri | 1<<4 | 1<<25, mon | has30,
		wed, sat | 1<<31, tue | has30, thu, sun | has30, tue | 1<<25 | 1<<28,
		// 2027
		fri | 1<<1, mon | has28, mon | 1<<26 | 1<<29, thu | has30, sat | 1<<3 | 1<<31, tue | has30,
		thu, sun | 1<<30, wed | has30, fri, mon | has30, wed | 1<<27 | 1<<28,
		// 2028
		sat | 1<<3, tue | has29, wed, sat | has30 | 1<<14 | 1<<17, mon | 1<<1 | 1<<29, thu | has30,
		sat, tue | 1<<28, fri | has30, sun, wed | has30, fri | 1<<25 | 1<<26,
	},
}

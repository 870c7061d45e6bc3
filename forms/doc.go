// Package forms is what a form asks, and whether it is filled.
package forms

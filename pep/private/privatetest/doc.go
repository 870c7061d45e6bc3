// Package privatetest proves in a test that values which hold personal data
// show it nowhere.
//
// [Sweep] plants a canary in every private.Text and private.Date of a value,
// in unexported fields too, and shows the planted value in every way that the
// standard library has to print, log, marshal or store it. It fails the test
// for each that shows the canary, and also where a way is blind: where it
// would not see the canary in a type that leaks. [Package] does so for every
// exported type of the package under test, and fails for a type left out.
//
// A value whose content is not a private.Text or private.Date, such as an
// error or a rendered message, is made by the test with [Canary] and [Day] in
// it and swept in the same way.
package privatetest

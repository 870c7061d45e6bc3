// Package privatetest proves, in a test, that values with personal data do not show
// it.
//
//	func TestNothingShowsAPupil(t *testing.T) {
//		privatetest.Package(t, Pupil{}, Carer{})
//	}
//
// [Sweep] plants a canary in every private.Text and private.Date of a value, even in
// unexported fields. It then prints, logs, marshals and stores the value in every way
// that the standard library offers, and fails the test for each way that shows the
// canary. It also fails if a way is blind, that is, if it would not show the canary of
// a type that leaks. [Package] sweeps values of every exported type of the package
// under test, and fails if a type is left out.
//
// For a value whose content is not a private.Text or a private.Date, such as an error
// or a rendered message, the test makes the value with [Canary] and [Day] in it and
// sweeps it in the same way.
package privatetest

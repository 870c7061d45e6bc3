// Package rule is the catalogue of the rules of the PEP process and the two
// ways in which a question or an action is answered no.
//
// Every rule has an [ID], such as FINAL1 ("FINAL-1"), and a [Definition] in the
// [Catalogue] that says what it is, where it comes from, which Go symbol
// holds it and what pins it. A [Refusal] says that a rule, or several, do not
// allow what was tried, each with a [Code] and a sentence; an [Invalid] says
// that the input cannot be a question at all and names the member. Neither
// holds a name, a birth date, an answer or the text of the input.
//
// The package decides nothing: the rules themselves are in term, forms,
// delegation and pep.
package rule

// Package export writes one plan as a document for people, and the form of a plan
// for paper.
//
// A host orders an export from the service, which decides who may have it and enters
// it in the audit trail, makes a [Document] of what it is given, and writes it:
//
//	exported, err := service.Export(ctx, by, plan, workflow.ExportOrder{
//		Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), Named: true, All: true,
//	})
//	err = export.Of(exported).HTML(w)
//
// The document has the sections that the order names, each with every question and
// its answer, and names the sections that were left out. The purpose, the recipient,
// the instant and the role of whoever exported it stand on every page. The child's
// name is the first line where the order says Named, as the register has it; a host
// whose register holds no names sets Document.Child itself. Neither the title nor
// anything else that a browser or a file list shows holds a name.
//
// [Blank] makes the document of a form that nobody has filled, with room to write.
//
// What people wrote is shown as text, whatever it contains: markup is escaped, and a
// character that shows nothing or changes the order of others stands as its code, such
// as [U+202E]. The same document gives the same bytes.
//
// [Document.HTML] writes a page that needs nothing else: it has no script and asks for
// nothing from elsewhere. A browser that prints it puts the stamp on every sheet where
// it knows the margin boxes of pages, as Chromium does. Package pdf, below this one,
// writes the same document for paper, and package ical writes the meetings and due
// dates of several plans as a calendar; a program links only those that it imports.
package export

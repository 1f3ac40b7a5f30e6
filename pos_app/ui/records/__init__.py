"""Records of any kind as a searchable table beside a form: the one pattern of every screen for managers.

A screen says what its records are (RecordKind), which fields they have, and where they come from (RecordSource); the
page does the rest: searching, sorting, unsaved changes, two people at work on one record, archiving and undoing.

    class HallRecords:                                # a RecordSource: services, bound to one person at one till
        def read_all(self, owner):
            return self._background.read_latest(owner, "halls", list_halls)
        def save(self, owner, before, values):
            return self._background.write(owner, save_hall, self._actor, before, HallDraft(**values))
        def archive(self, owner, record):
            return self._background.write(owner, archive_hall, self._actor, record.hall_id)
        def restore(self, owner, record):
            return self._background.write(owner, restore_hall, self._actor, record.hall_id)

    names = ("name", "seats", "note")
    kind = RecordKind(
        name="halls", icon="house", key=lambda hall: hall.hall_id, title=lambda hall: hall.name,
        is_archived=lambda hall: hall.archived, search=lambda hall: (hall.name, hall.note),
        values=lambda hall: values_of(hall, names),
        columns=(Column("name", "Name", lambda hall: hall.name), Column("seats", "Seats", ..., right=True)),
        words=RecordWords(title="Halls", new="New hall", one="hall", nothing="No halls yet", first="Make one."),
    )
    page = RecordPage(kind, HallRecords(background, actor), lambda: (
        Field("name", "Name", TextField(longest=80)),
        Field("seats", "Seats", WholeNumberField(least=1)),
        Field("note", "Note", TextAreaField()),
    ))
    Section("halls", "Halls", "house", lambda: page)     # one line in pos_app/ui/managing.py

A record is a frozen dataclass; its draft is one too, with a field of the same name for each field of the form. The
saving service raises FieldRefused (shown beside the fields) or ChangedMeanwhile (the page asks): see domain/editing.
"""

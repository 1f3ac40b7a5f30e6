"""Records of any kind as a searchable table beside a form: the one pattern of every screen for managers.

A screen says what its records are (RecordKind), which fields they have, and where they come from (RecordSource); the
page does the rest: searching, sorting, unsaved changes, two people at work on one record, archiving and undoing.

    class HallOperations:                             # a RecordSource: what is asked of the box office
        def __init__(self, office):
            self._office = office
        def read_all(self, owner):
            return self._office.read_latest(owner, "halls", list_halls)
        def save(self, owner, before, values):
            return self._office.write(owner, save_hall, before, HallDraft(**values))
        def archive(self, owner, record):
            return self._office.write(owner, archive_hall, record.hall_id)
        def restore(self, owner, record):
            return self._office.write(owner, restore_hall, record.hall_id)

    names = ("name", "seats", "note")
    kind = RecordKind(
        name="halls", icon="house", key=lambda hall: hall.hall_id, title=lambda hall: hall.name,
        is_archived=lambda hall: hall.archived, search=lambda hall: (hall.name, hall.note),
        values=lambda hall: values_of(hall, names),
        columns=(Column("name", "Name", lambda hall: hall.name), Column("seats", "Seats", ..., right=True)),
        words=RecordWords(
            title="Halls", new="New hall", unsaved="A new hall that is not saved",
            nothing="No halls yet", first="Make one.", choose="Choose a hall in the table, or make a new one.",
        ),
    )
    page = RecordPage(kind, HallOperations(office), lambda: (
        Field("name", "Name", TextField(longest=80)),
        Field("seats", "Seats", WholeNumberField(least=1)),
        Field("note", "Note", TextAreaField()),
    ))
    Section("halls", "Halls", "house", lambda: page)     # one line in pos_app/ui/window/manager_sections.py

A record is a frozen dataclass; its draft is one too, with a field of the same name for each field of the form. The
saving service raises FieldRefused (shown beside the fields) or ChangedMeanwhile (the page asks): see domain/editing.
"""

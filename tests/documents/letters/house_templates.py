"""Letters as houses word them themselves, in languages that Foyer does not speak."""

from __future__ import annotations

from typing import Final

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.templates import Template

_AZ: Final = {
    LetterKind.CONFIRMATION: (
        "Biletləriniz: {title} ({order})",
        "{performances}\n\n# Biletlər\n\n{tickets}\n\n{payments}",
    ),
    LetterKind.GIFT: ("Hədiyyə biletləri: {title}", "{performances}\n\n{tickets}"),
    LetterKind.RESERVATION: ("Rezervasiya {order}", "Yerlər {until} tarixinədək saxlanılır: {order}.\n\n{seats}"),
    LetterKind.LAPSE_SOON: ("Rezervasiya bitir", "Yerlər {until} tarixinədək saxlanılır: {order}.\n\n{seats}"),
    LetterKind.LAPSED: ("Rezervasiya bitdi", "Yerlər artıq saxlanılmır.\n\n{seats}"),
    LetterKind.REFUND: ("Geri ödəniş: {order}", "Məbləğ: {amount}\n\n{refunds}"),
    LetterKind.EXCHANGE: ("Yeni biletlər: {title}", "{tickets}\n\n{payments}\n\n{refunds}"),
    LetterKind.CANCELLED: ("Ləğv edildi: {title}", "{performances}\n\nSəbəb: {reason}\n\n{refunds}"),
    LetterKind.MOVED: ("Yeni tarix: {title}", "Əvvəl: {was}\n\n{performances}\n\n{tickets}"),
    LetterKind.NOTE: ("{subject}", "{text}\n\n{performances}"),
    LetterKind.VERIFICATION: ("Kodunuz", "{code}\n\nKodu heç kimə deməyin."),
}
_AR: Final = {
    LetterKind.CONFIRMATION: ("تذاكرك: {title} ({order})", "{performances}\n\n# تذاكرك\n\n{tickets}\n\n{payments}"),
    LetterKind.GIFT: ("تذاكر مجانية: {title}", "{performances}\n\n{tickets}"),
    LetterKind.RESERVATION: ("حجزك {order}", "نحتفظ بمقاعدك حتى {until}. رقم الحجز {order}.\n\n{seats}"),
    LetterKind.LAPSE_SOON: ("ينتهي حجزك قريباً", "نحتفظ بمقاعدك حتى {until}. رقم الحجز {order}.\n\n{seats}"),
    LetterKind.LAPSED: ("انتهى حجزك", "لم تعد المقاعد محجوزة.\n\n{seats}"),
    LetterKind.REFUND: ("استرداد: {order}", "المبلغ: {amount}\n\n{refunds}"),
    LetterKind.EXCHANGE: ("تذاكر جديدة: {title}", "{tickets}\n\n{payments}\n\n{refunds}"),
    LetterKind.CANCELLED: ("أُلغي العرض: {title}", "{performances}\n\nالسبب: {reason}\n\n{refunds}"),
    LetterKind.MOVED: ("موعد جديد: {title}", "قبل ذلك: {was}\n\n{performances}\n\n{tickets}"),
    LetterKind.NOTE: ("{subject}", "{text}\n\n{performances}"),
    LetterKind.VERIFICATION: ("رمزك", "{code}\n\nلا تعطِ الرمز لأحد."),
}
_BEGIN: Final = {"az": "Hörmətli {customer},", "ar": "مرحباً {customer}،"}
_END: Final = {"az": "Hörmətlə,\n{organisation}", "ar": "مع التحية،\n{organisation}"}

HOUSE_TEMPLATES: Final = tuple(
    Template(kind, language, subject, f"{_BEGIN[language]}\n\n{body}\n\n{_END[language]}", revision=1)
    for language, worded in (("az", _AZ), ("ar", _AR))
    for kind, (subject, body) in worded.items()
)

"""Pages for writing: uploading, editing files, beginning a new version, publishing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.packs import queries, services
from zhijian.packs.archive import ArchiveRefused, unzipped
from zhijian.packs.forms import FileForm, NewFileForm, NewVersionForm, UploadForm
from zhijian.packs.services import PackRefused
from zhijian.packs.views.around import answer_of, around, in_words, version_or_404

_PAGE_AND_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.draft")
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a pack as a .zip; it becomes a draft, whatever the checks will say."""
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: tuple = ()
    if request.method == "POST" and form.is_valid():
        try:
            files = unzipped(form.cleaned_data["archive"])
            row = services.load_from_contents(files, request.user, clock.now())
        except ArchiveRefused as refusal:
            problems = (refusal.problem,)
        except PackRefused as refusal:
            problems = refusal.problems
            form.add_error(None, refusal.words(language()))
        else:
            messages.success(request, _("已作为草稿存入。"))
            return redirect("packs:files", version_id=row.pk)
    context = {"form": form, "problems": in_words(problems)}
    refused = form.is_bound and (problems or form.errors)
    return render(request, "packs/upload.html", context, status=422 if refused else 200)


@require_safe
@requires("packs.view")
def files(request: HttpRequest, version_id: int) -> HttpResponse:
    """List the files of a version with what is wrong in each."""
    ref = version_or_404(version_id)
    answer = answer_of(ref)
    problems = [] if isinstance(answer, Pack) else in_words(answer)
    context = around(request, ref, "packs:files", clock.today())
    context |= {
        "files": [
            (path, text.count("\n") + 1, sum(each.file == path for each in problems))
            for path, text in sorted(queries.contents(ref.id).items())
        ],
        "problems": problems,
        "new_file": NewFileForm(),
    }
    return render(request, "packs/files.html", context)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.view")
def file(request: HttpRequest, version_id: int, path: str) -> HttpResponse:
    """Show one file; of a draft it can be changed by those who write drafts."""
    ref = version_or_404(version_id)
    contents = queries.contents(ref.id)
    context = around(request, ref, "packs:files", clock.today())
    may_edit = context["may_draft"] and not ref.is_published
    if request.method == "POST" and not context["may_draft"]:
        raise PermissionDenied
    if path not in contents and not may_edit:
        raise Http404
    form = FileForm(request.POST or None, initial={"text": contents.get(path, "")})
    if request.method == "POST" and (answer := _save(request, form, ref.id, path)):
        return answer
    reading = answer_of(ref)
    problems = [] if isinstance(reading, Pack) else in_words(reading)
    context |= {
        "form": form,
        "path": path,
        "text": contents.get(path, ""),
        "may_edit": may_edit,
        "own_problems": [each for each in problems if each.file == path],
        "other_problems": len([each for each in problems if each.file != path]),
    }
    return render(request, "packs/file.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, form: FileForm, version_id: int, path: str) -> HttpResponse | None:
    if not form.is_valid():
        return None
    text = form.cleaned_data["text"]
    try:
        services.save_draft_file(version_id, path, text, request.user, clock.now())
    except PackRefused as refusal:
        form.add_error(None, refusal.words(language()))
        for each in in_words(refusal.problems):
            form.add_error(None, f"{each.where} {each.words}")
        return None
    messages.success(request, _("已保存。"))
    return redirect("packs:file", version_id=version_id, path=path)


@require_POST
@requires("packs.draft")
def add_file(request: HttpRequest, version_id: int) -> HttpResponse:
    """Go to the page of a file that does not exist yet."""
    form = NewFileForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写出文件名。"))
        return redirect("packs:files", version_id=version_id)
    return redirect("packs:file", version_id=version_id, path=form.cleaned_data["path"])


@require_POST
@requires("packs.draft")
def delete_file(request: HttpRequest, version_id: int, path: str) -> HttpResponse:
    """Take a file out of a draft."""
    with refusal_above(request):
        services.delete_draft_file(version_id, path, request.user, clock.now())
        messages.success(request, _("已删除文件。"))
    return redirect("packs:files", version_id=version_id)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.draft")
def new_version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Begin a new version with the files of this one."""
    ref = version_or_404(version_id)
    form = NewVersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refusal_in(form):
            row = services.new_version(
                ref.id, told["version"], told["effective"], request.user, clock.now()
            )
            messages.success(request, _("已建立新版本的草稿。"))
            return redirect("packs:files", version_id=row.pk)
    context = {"form": form, "ref": ref}
    return render(request, "packs/new_version.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires("packs.draft")
def delete_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    """Throw a draft away."""
    with refusal_above(request):
        services.delete_draft(version_id, request.user)
        messages.success(request, _("已删除草稿。"))
        return redirect("packs:packs")
    return redirect("packs:version", version_id=version_id)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.publish")
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show what publishing means for this version, and do it."""
    ref = version_or_404(version_id)
    context = around(request, ref, "packs:version", clock.today())
    status = 200
    if request.method == "POST":
        try:
            services.publish(ref.id, request.user, clock.now())
        except PackRefused as refusal:
            context |= {
                "refusal": refusal.words(language()),
                "problems": in_words(refusal.problems),
                "red": [(each, in_words(each.problems)) for each in refusal.examples],
            }
            status = 409
        else:
            messages.success(request, _("已发布；本版本从此不再改变。"))
            return redirect("packs:version", version_id=ref.id)
    published = [each for each in queries.versions(ref.pack_id) if each.is_published]
    context |= {
        "former": published[0] if published else None,
        "changes": queries.changes_of(ref.id),
        "report": queries.check_report(ref.digest),
    }
    return render(request, "packs/publish.html", context, status=status)
